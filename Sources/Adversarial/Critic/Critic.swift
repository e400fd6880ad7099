import Neural
import Torch

/// A trained discriminator with all that it learned beside the game, by name: it tells good drawings from
/// bad ones.
public final class Critic: Module {
    private let discriminator: any Discriminator
    private let tasks: [String: Module]

    /// A critic of these networks.
    ///
    /// - Parameters:
    ///   - discriminator: In use.
    ///   - tasks: Heads on its trunk.
    public init(_ discriminator: any Discriminator, tasks: [any DiscriminatorTask]) {
        self.discriminator = discriminator
        self.tasks = Dictionary(
            uniqueKeysWithValues: tasks.map { (type(of: $0).name, $0 as Module) }
        )
    }

    /// The head of that type, where the discriminator learned it.
    public func task<Task: DiscriminatorTask>(_ type: Task.Type) -> Task? {
        tasks[Task.name] as? Task
    }

    private var classification: Classification? { task(Classification.self) }
    private var restoration: Restoration? { task(Restoration.self) }

    /// Names of tensors as they are now: earlier files have two heads beside the trunk.
    public static func renamed(_ name: String) -> String {
        [Classification.name, Restoration.name].contains { name.hasPrefix("\($0).") }
            ? "tasks.\(name)" : name
    }

    /// How real each picture looks and how well it is what was asked for: a(x) + log p(y | x), the
    /// second where the discriminator learned labels and there are any.
    ///
    /// Pictures are looked at one by one: no score depends on the others.
    ///
    /// Shape: N×C×H×W, and labels where there are any → N.
    public func scores(_ pictures: Tensor, labels: Tensor?) -> Tensor {
        withoutGradients {
            Tensor.concatenated(
                (0..<pictures.size(0)).map { row in
                    score(
                        pictures.sliced(row..<row + 1, along: 0),
                        labels?.sliced(row..<row + 1, along: 0)
                    )
                }
            )
        }
    }

    /// How real each picture looks, and log p(y | x) where the discriminator learned labels and there are any.
    ///
    /// Shape: N×C×H×W, and labels where there are any → N each.
    public func marks(
        _ pictures: Tensor,
        labels: Tensor?
    ) -> (realness: Tensor, likeness: Tensor?) {
        let features = discriminator.features(pictures, labels: labels)
        let realness = discriminator.logits(features, labels: labels)
            .reshaped([pictures.size(0), -1]).mean(over: [1])
        guard let classification, labels != nil else { return (realness, nil) }
        return (realness, -classification.distances(classification(features), labels))
    }

    /// The class that the discriminator takes each picture for; nothing where it learned no classes.
    ///
    /// Shape: N×C×H×W → N.
    public func classes(of pictures: Tensor) -> [Int]? {
        guard let classification else { return nil }
        return withoutGradients {
            // One by one, as for scores.
            (0..<pictures.size(0)).flatMap { row in
                let picture = pictures.sliced(row..<row + 1, along: 0)
                return classification(discriminator.features(picture, labels: nil))
                    .argmax(along: 1).elements(as: Int.self)
            }
        }
    }

    /// How real pictures look, with a derivative by the pictures.
    ///
    /// Shape: N×C×H×W, and labels where there are any → N.
    public func realness(_ pictures: Tensor, labels: Tensor?) -> Tensor {
        let features = discriminator.features(pictures, labels: labels)
        return discriminator.logits(features, labels: labels)
            .reshaped([pictures.size(0), -1]).mean(over: [1])
    }

    /// Logits of the classes, with a derivative by the pictures; nothing where it learned none.
    ///
    /// Shape: N×C×H×W → N×classes.
    public func classLogits(_ pictures: Tensor) -> Tensor? {
        classification.map { $0(discriminator.features(pictures, labels: nil)) }
    }

    /// Pictures as they are restored where a mask (1 where visible) hides them, with a derivative; nothing
    /// where the discriminator never learned that.
    ///
    /// Shape: N×C×H×W and N×1×H×W → N×C×H×W.
    public func restored(_ pictures: Tensor, visible: Tensor) -> Tensor? {
        restoration.map {
            $0(
                discriminator.features(pictures * visible, labels: nil),
                rows: pictures.size(2),
                columns: pictures.size(3)
            )
        }
    }

    /// What the discriminator sees in pictures, from fine to coarse.
    ///
    /// Shape: N×C×H×W → N×c×h×w each.
    public func maps(of pictures: Tensor) -> [Tensor] {
        discriminator.features(pictures, labels: nil).maps
    }

    private func score(_ picture: Tensor, _ label: Tensor?) -> Tensor {
        let marks = marks(picture, labels: label)
        return marks.likeness.map { marks.realness + $0 } ?? marks.realness
    }
}
