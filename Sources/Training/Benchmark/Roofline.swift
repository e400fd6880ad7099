import Adversarial
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
        guard recipe.model.family == DCGAN.name,
            let settings = try? SettingCoding.value(
                DCGAN.Settings.self,
                of: recipe.model.settings
            ), settings.generator.keepsFirst
        else { return nil }
        self.seconds = seconds
        gigaFLOP =
            Double(Roofline.products(settings, for: Subject(recipe, labels: 0)))
            * Double(recipe.training.batch) * 2e-9
        convolutionRate = Roofline.rate(
            batch: recipe.training.batch,
            dtype: RecipeNetworks.precision(recipe.training.precision) ?? .float32
        )
    }

    /// Products for one drawn and one real picture: both networks forward, the generator's
    /// gradients, and the discriminator's on both pictures, where one pass serves both players.
    package static func products(_ settings: DCGAN.Settings, for subject: Subject) -> Int {
        var total = 0
        let widths = settings.generator.widths + [subject.channels]
        var height = subject.height / settings.generator.enlargement
        var width = subject.width / settings.generator.enlargement
        // The dense layer needs no gradient of the latents.
        total += 2 * settings.latent * widths[0] * height * width
        for (index, pair) in zip(widths, widths.dropFirst()).enumerated() {
            let stride = index == 0 ? 1 : 2
            (height, width) = (height * stride, width * stride)
            let taps = taps(height, width, settings.generator.kernel, stride)
            total += 3 * pair.0 * pair.1 * taps
        }
        (height, width) = (subject.height, subject.width)
        let channels = [subject.channels] + settings.discriminator.widths
        for (index, pair) in zip(channels, channels.dropFirst()).enumerated() {
            let work = pair.0 * pair.1 * taps(height, width, settings.discriminator.kernel, 2)
            // Real pictures need no gradient of themselves.
            total += index == 0 ? 5 * work : 6 * work
            (height, width) = ((height + 1) / 2, (width + 1) / 2)
        }
        return total + 6 * channels[channels.count - 1] * height * width
    }

    /// Taps of all windows of a 'same' convolution that do not fall on the border.
    package static func taps(_ height: Int, _ width: Int, _ kernel: Int, _ stride: Int) -> Int {
        func line(_ size: Int) -> Int {
            let places = (size + stride - 1) / stride
            let before = max((places - 1) * stride + kernel - size, 0) / 2
            return (0..<places).reduce(0) { sum, place in
                let first = place * stride - before
                return sum + (first..<first + kernel).count { (0..<size).contains($0) }
            }
        }
        return line(height) * line(width)
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
