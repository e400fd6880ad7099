import Datasets
import Imaging
import Neural
import Settings
import Torch

/// Says what a picture of the set `scenes` shows: things, their colours and number, where they are,
/// style and place.
///
/// It learns from real scenes, never from a drawing. What is asked about a thing is answered from where
/// in the picture the thing is seen.
final class SceneJudge: Module {
    private let layers: [Convolution2D]
    private let norms: [GroupNorm]
    private let keys: Convolution2D
    private let values: Convolution2D
    private let concepts: Embedding
    private let colours: [Dense]
    private let counts: [Dense]
    private let arrangements: [Dense]
    private let styles: Dense
    private let places: Dense
    /// How steeply the likeness of a spot and a thing counts.
    @Parameter private var steepness: Tensor

    /// Pixels a side of the pictures that it looks at.
    static let pixels = 128
    /// Numbers of a picture's features.
    static let width = 256
    private static let keyWidth = 128
    private static let valueWidth = 160

    /// A network with random weights.
    ///
    /// - Parameters:
    ///   - conceptCount: How many things it can tell.
    ///   - source: Where the weights come from.
    init(conceptCount: Int, using source: RandomSource) {
        let shapes = [
            (4, 32, 2), (32, 64, 2), (64, 128, 2), (128, 128, 1), (128, 256, 2), (256, 256, 1),
        ]
        layers = shapes.map { inputs, outputs, stride in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                stride: Extent(stride),
                padding: .same,
                initializer: .heNormal,
                using: source
            )
        }
        norms = shapes.map { GroupNorm($0.1, groups: 8) }
        func spots(_ outputs: Int) -> Convolution2D {
            Convolution2D(inputs: Self.width, outputs: outputs, kernel: 1, using: source)
        }
        keys = spots(Self.keyWidth)
        values = spots(Self.valueWidth)
        concepts = Embedding(
            count: conceptCount,
            width: Self.keyWidth,
            initializer: .normal(deviation: 0.1),
            using: source
        )
        let seen = Self.valueWidth + Self.keyWidth + 4
        func last(_ inputs: Int, _ outputs: Int) -> Dense {
            let layer = Dense(inputs: inputs, outputs: outputs, using: source)
            layer.isOuter = true
            return layer
        }
        func head(_ inputs: Int, _ outputs: Int) -> [Dense] {
            [
                Dense(inputs: inputs, outputs: 128, initializer: .heNormal, using: source),
                last(128, outputs),
            ]
        }
        colours = head(seen, ColourTerm.allCases.count)
        counts = head(seen + Self.width, 4)
        arrangements = head(2 * seen + Self.width, SceneFacts.Arrangement.allCases.count)
        styles = last(Self.width, SceneJudge.styleCount)
        places = last(Self.width, SceneFacts.placeCount)
        steepness = Tensor.full([], 8)
    }

    /// What the judge sees in pictures, before anything is asked.
    struct View {
        /// Features of the whole, N×256.
        let features: Tensor
        /// How much each spot is like each thing, N×concepts×spots.
        let likeness: Tensor
        /// What is at each spot, N×spots×numbers.
        let values: Tensor
        /// How likely each thing is there, N×concepts logits.
        let things: Tensor
    }

    /// Looks at pictures: colours times opacity, and opacity, −1 … 1.
    ///
    /// Shape: N×4×128×128.
    func look(_ pictures: Tensor) -> View {
        let maps = zip(layers, norms).reduce(pictures) { x, layer in layer.1(layer.0(x)).relu() }
        let count = pictures.size(0)
        let keys = keys(maps).reshaped([count, Self.keyWidth, -1]).transposed(1, 2)
            .normalized(along: 2)
        let table = concepts.weight.normalized(along: 1)
        let likeness =
            keys.reshaped([-1, Self.keyWidth]).multiplied(by: table.transposed(0, 1))
            .reshaped([count, -1, table.size(0)]).transposed(1, 2) * steepness
        return View(
            features: maps.mean(over: [2, 3]),
            likeness: likeness,
            values: values(maps).reshaped([count, Self.valueWidth, -1]).transposed(1, 2),
            // The likest spots count; a thing in many spots is no more there than one in a few.
            things: (likeness * 3).logSumExp(over: [2])
        )
    }

    /// What is seen of one thing in each picture.
    ///
    /// - Parameters:
    ///   - things: The numbers of the things, N.
    ///   - view: What is seen.
    /// - Returns: N×numbers.
    private func seen(_ things: Tensor, in view: View) -> Tensor {
        let (count, spots) = (view.likeness.size(0), view.likeness.size(2))
        let rows = view.likeness.gathered(
            things.reshaped([count, 1, 1]).expanded([count, 1, spots]),
            along: 1
        )
        let shares = (rows * 2).softmax(along: 2)
        let (x, y) = SceneJudge.coordinates(spots)
        let grid = Tensor.stacked([x, y, x.squared(), y.squared()], along: 1).unsqueezed(0)
            .expanded([count, spots, 4])
        let found = shares.multiplied(by: Tensor.concatenated([view.values, grid], along: 2))
            .squeezed(1)
        return Tensor.concatenated([found, concepts(things).detached()], along: 1)
    }

    /// Where spots are, −1 … 1.
    private static func coordinates(_ spots: Int) -> (x: Tensor, y: Tensor) {
        let side = Int(Double(spots).squareRoot())
        func place(_ number: Int) -> Float { (2 * Float(number) + 1) / Float(side) - 1 }
        return (
            Tensor((0..<spots).map { place($0 % side) }),
            Tensor((0..<spots).map { place($0 / side) })
        )
    }

    private func answer(_ head: [Dense], _ input: Tensor) -> Tensor {
        head[1](head[0](input).relu())
    }

    /// Logits of the colours of things, N×11.
    func colour(of things: Tensor, in view: View) -> Tensor {
        answer(colours, seen(things, in: view))
    }

    /// Logits of the numbers of things, N×4: one to four.
    func count(of things: Tensor, in view: View) -> Tensor {
        answer(counts, Tensor.concatenated([seen(things, in: view), view.features], along: 1))
    }

    /// Logits of how two things are to each other, N×8.
    func arrangement(of first: Tensor, and second: Tensor, in view: View) -> Tensor {
        answer(
            arrangements,
            Tensor.concatenated(
                [seen(first, in: view), seen(second, in: view), view.features],
                along: 1
            )
        )
    }

    /// Logits of the styles, N×9: none, then each.
    func style(in view: View) -> Tensor { styles(view.features) }

    /// Logits of the places, none among them.
    func place(in view: View) -> Tensor { places(view.features) }

    /// How many styles there are, none among them.
    private static let styleCount = PictureStyle.allCases.count + 1

    /// The number of a style; 0 for none.
    static func number(of style: PictureStyle?) -> Int {
        style.flatMap(PictureStyle.allCases.firstIndex).map { $0 + 1 } ?? 0
    }

    /// Pictures as the judge looks at them: of its size, colours times opacity.
    ///
    /// - Returns: N×4×128×128, −1 … 1.
    static func numbers(_ pictures: [Picture]) -> Tensor {
        let shown = pictures.map {
            $0.converted(depth: .eight).converted(channels: 4)
                .resized(width: pixels, height: pixels, fit: .contain)
        }
        let numbers = Tensor(
            shown.flatMap { $0.values(layout: .planar) },
            shape: [shown.count, 4, pixels, pixels]
        )
        let parts = numbers.split([3, 1], along: 1)
        return Tensor.concatenated(
            [(parts[0] + 1) * (parts[1] + 1) * 0.5 - 1, parts[1]],
            along: 1
        )
    }
}
