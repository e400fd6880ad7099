import Adversarial
import Imaging
import Torch

/// Where one head of a discriminator looks at a picture.
///
/// Source: Shrikumar et al., "Not just a black box", 2016: what a figure's derivative by each number of the
/// picture comes to, times the number.
public struct CriticLook: Codable, Sendable, Equatable {
    /// The head: `realness`, `class` or `restoration`.
    public var head: String
    /// What the head said: a logit, or for restoration the mean error of the hidden middle.
    public var value: Double
    /// The class that was told, by its name.
    public var told: String?
    /// How much each pixel counts, rows of the picture; the sum is 1 where anything counts.
    public var map: [[Double]]
}

extension CriticView {
    /// Where each head that the discriminator learned looks at a picture.
    ///
    /// - Parameters:
    ///   - picture: 1×C×H×W, −1 … 1.
    ///   - label: The class that the picture is asked for, where the discriminator wants to know.
    ///   - names: The classes' names.
    /// - Returns: Realness first.
    public func looks(at picture: Tensor, class label: Int = 0, names: [String]) -> [CriticLook] {
        func look(_ head: String, told: String? = nil, _ body: (Tensor) -> Tensor) -> CriticLook {
            let input = picture.moved(to: device).detached().requiringGradient()
            let value = body(input).sum()
            let slope = gradients(of: value, for: [input], allowsUnused: true)[0]
            let counted = (slope * input).detached().sum(over: [1]).absolute()
            let total = counted.sum().item()
            let (rows, columns) = (picture.size(2), picture.size(3))
            let numbers = counted.doubles().map { total > 0 ? $0 / total : 0 }
            return CriticLook(
                head: head,
                value: value.item(),
                told: told,
                map: (0..<rows).map { Array(numbers[$0 * columns..<($0 + 1) * columns]) }
            )
        }
        var found = [look("realness") { realness($0, classes: [label]) }]
        if let logits = classLogits(picture) {
            let number = logits.detached().argmax(along: 1).elements(as: Int.self)[0]
            found.append(
                look("class", told: names.indices.contains(number) ? names[number] : "\(number)") {
                    (classLogits($0) ?? $0).selected(number, along: 1)
                }
            )
        }
        let visible = CriticView.middleHidden(like: picture).moved(to: device)
        if restored(picture, visible: visible) != nil {
            let hidden = 1 - visible
            let share = hidden.sum().item() * Double(picture.size(1))
            let real = picture.moved(to: device)
            found.append(
                look("restoration") { input in
                    let made = restored(input, visible: visible) ?? input
                    return ((made - real).absolute() * hidden).sum() / share
                }
            )
        }
        return found
    }

    /// Pictures as the discriminator restores them, not yet kept within −1 … 1; nothing where it never
    /// learned that.
    ///
    /// Shape: N×C×H×W and 1×1×H×W (1 where visible) → N×C×H×W.
    public func restored(_ pictures: Tensor, visible: Tensor) -> Tensor? {
        critic.restored(pictures.moved(to: device), visible: visible)
    }

    /// A mask that hides the middle: a quarter of the picture.
    private static func middleHidden(like picture: Tensor) -> Tensor {
        let (rows, columns) = (picture.size(2), picture.size(3))
        let mask = (0..<rows * columns).map { place -> Float in
            let (row, column) = (place / columns, place % columns)
            let isMiddle =
                (rows / 4..<rows - rows / 4).contains(row)
                && (columns / 4..<columns - columns / 4).contains(column)
            return isMiddle ? 0 : 1
        }
        return Tensor(mask, shape: [1, 1, rows, columns])
    }
}

extension GeneratorModel {
    /// Where the heads of the model's discriminator look at a picture.
    ///
    /// - Parameter picture: Any; it is brought to the model's size.
    /// - Returns: The picture as it was looked at, and each head's map.
    /// - Throws: `GenerationError.noCritic` for a model without its discriminator.
    public func looks(at picture: Picture) throws -> (shown: Picture, looks: [CriticLook]) {
        let numbers = tensor([picture])
        let looks = try criticView().looks(at: numbers, names: description.classNames)
        return (Picture.batch(of: numbers)[0], looks)
    }
}
