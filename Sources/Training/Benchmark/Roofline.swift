import Adversarial
import Midjourney
import Runs
import Torch

/// How a train step's time compares with that of its convolutions at the rate of the library's.
public struct Roofline: Codable, Sendable {
    /// Multiplications and additions that the direct sums of a step need, borders left out.
    ///
    /// Units: 10⁹ a step.
    public let gigaFLOP: Double
    /// The rate of libtorch's own convolution of 256 to 128 channels, 5×5 on 7×7, borders
    /// counted, measured in the same process and precision.
    ///
    /// Units: 10⁹ a second.
    public let convolutionRate: Double
    /// Seconds of the median step.
    public let seconds: Double

    /// The step's FLOPs over those that the convolution would have made in its time.
    ///
    /// Above 1 where sums are made with fewer operations than the direct ones.
    public var share: Double { gigaFLOP / (seconds * convolutionRate) }

    /// Measures the convolution's rate beside a step that took so many seconds; nothing for
    /// networks whose sums nobody has counted.
    init?(_ recipe: Recipe, seconds: Double) {
        let family = ModelFamily.family(of: recipe)
        let products = family.products(recipe.model.settings, for: ImageSpec(recipe, labels: 0))
        guard let products else { return nil }
        self.seconds = seconds
        gigaFLOP = Double(products) * Double(recipe.training.batch) * 2e-9
        convolutionRate = Roofline.rate(
            batch: recipe.training.batch,
            dtype: RecipeNetworks.precision(recipe.training.precision) ?? .float32
        )
    }

    private static func rate(batch: Int, dtype: DType) -> Double {
        let source = RandomSource(seed: 1)
        let pictures = Tensor.normal([batch, 256, 7, 7], using: source)
            .converted(to: dtype).channelsLast()
        let kernel = Tensor.normal([128, 256, 5, 5], using: source)
            .converted(to: dtype).channelsLast()
        let clock = ContinuousClock()
        let seconds = inInferenceMode {
            (0..<8).map { _ in
                clock.measure {
                    _ = pictures.convolved(with: kernel, stride: [1, 1], padding: [2, 2])
                } / .seconds(1)
            }.sorted()
        }
        return 2e-9 * Double(batch * 256 * 128 * 25 * 49) / seconds[3]
    }
}
