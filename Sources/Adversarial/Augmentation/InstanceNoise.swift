import Neural
import Runs
import Settings
import Torch

/// Noise added to all pictures, less as training goes on.
public final class InstanceNoise: Module, PlayerAugmentation {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The noise's standard deviation; pictures reach from −1 to 1.
        public var deviation = Scheduled(from: 0.1, to: 0, overImages: 1_000_000)

        /// A tenth, gone after a million images.
        public init() {}

        /// Numbers of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(deviation, "deviation")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "instance-noise"
    /// What it is.
    public static let summary = "noise added to all pictures, less as training goes on"
    /// The paper that it follows.
    public static let source = "Sønderby et al., Amortised MAP inference, 2017, section 4"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings, for spec: ImageSpec) { self.settings = settings }

    /// The pictures with noise.
    public func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        let deviation = settings.deviation.value(at: images)
        guard deviation > 0 else { return pictures }
        return pictures
            + Tensor.normal(
                pictures.shape,
                deviation: deviation,
                dtype: pictures.dtype,
                device: pictures.device,
                using: source
            )
    }
}
