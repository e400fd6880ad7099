import Neural
import Runs
import Settings
import Torch

/// Crops around what the discriminator itself looks at, brought back to the picture's size.
public final class AttentionCrop: Module, PlayerAugmentation {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The share of pictures that are cropped.
        public var probability: Scheduled = 0.5
        /// The smallest side of a crop as a share of the picture's.
        public var smallest = 0.6

        /// Every other picture, to six tenths at most.
        public init() {}

        /// Shares have to be between 0 and 1.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(
                smallest > 0 && smallest <= 1,
                "smallest",
                "a number greater than 0, at most 1",
                found: "\(smallest)"
            )
            problems.expect(probability, upTo: 1, "probability")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "attention-crop"
    /// What it is.
    public static let summary = "crops around what the discriminator itself looks at"
    /// The paper that it follows.
    public static let source =
        "after Hu and Qi, attention cropping, See better before looking closer, 2019"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings, for spec: ImageSpec) { self.settings = settings }

    /// How much the discriminator looks at each place: the mean size of its middle map's channels,
    /// summing to 1.
    ///
    /// Shape: N×C×H×W → N×h×w.
    public static func attention(
        of discriminator: any Discriminator,
        on pictures: Tensor
    ) -> Tensor? {
        withoutGradients {
            let maps = discriminator.evaluating {
                discriminator.features(pictures, labels: nil).maps
            }
            guard !maps.isEmpty else { return nil }
            let map = maps[maps.count / 2].inFloat32().absolute().mean(over: [1])
            return map / (map.sum(over: [1, 2], keepingDimensions: true) + 1e-12)
        }
    }

    /// The pictures, some of them cropped.
    public func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        let count = pictures.size(0)
        guard
            let attention = AttentionCrop.attention(of: discriminator, on: pictures.detached())
        else { return pictures }
        let probability = settings.probability.value(at: images)
        let (rows, columns) = (attention.size(1), attention.size(2))
        let shares = attention.doubles()
        let chances = Tensor.uniform([3, count], dtype: .float64, pictures: 1, using: source)
            .doubles()
        var matrices: [Double] = []
        for index in 0..<count {
            guard chances[index] < probability else {
                matrices += [1, 0, 0, 0, 1, 0]
                continue
            }
            let side = settings.smallest + (1 - settings.smallest) * chances[count + index]
            // A place drawn in proportion to the attention it gets.
            var left = chances[2 * count + index]
            var place = 0
            while place < rows * columns - 1, left > shares[index * rows * columns + place] {
                left -= shares[index * rows * columns + place]
                place += 1
            }
            // The crop stays within the picture.
            func middle(_ place: Int, of size: Int) -> Double {
                let wanted = (Double(place) + 0.5) / Double(size) * 2 - 1
                return min(max(wanted, side - 1), 1 - side)
            }
            matrices += [
                side, 0, middle(place % columns, of: columns),
                0, side, middle(place / columns, of: rows),
            ]
        }
        let grid = AffineGrid.places(matrices, rows: pictures.size(2), columns: pictures.size(3))
        return pictures.hiding {
            $0.bilinearlySampled(
                at: grid.converted(to: pictures.dtype).moved(to: pictures.device)
            )
        }
    }
}
