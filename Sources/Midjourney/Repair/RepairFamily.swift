import Adversarial
import Runs
import Settings
import Torch

/// Damaged or small pictures made whole or larger by a network that plays against a discriminator.
public enum RepairFamily: JudgedFamily {
    /// The name in recipes.
    public static let name = "repair"
    /// What it is.
    public static let summary = "damaged or small pictures made whole or larger in one step"
    /// The paper that it follows.
    public static let source =
        "after Pathak et al., Context encoders, 2016, and Ledig et al., SRGAN, 2017"

    /// All that a recipe can say of the networks.
    public struct Settings: JudgedSettings {
        /// How many times larger pictures become: 1, 2 or 4.
        public var factor = 1
        /// Channels of the maps at half the picture's size, and of each half of it.
        public var widths = [64, 96, 128]
        /// Residual blocks at each size, on the way down and again on the way up.
        public var blocks = 2
        /// Which damages are learned, beside the size.
        public var damage = Damage.Shares()
        /// The weight of the mean absolute error.
        public var absolute = 1.0
        /// The weight of the distance between the features that the discriminator sees.
        public var features: Scheduled = 0.1
        /// What judges the pictures.
        public var discriminator = JudgeSettings()

        /// Networks for pictures of 64×64.
        public init() { discriminator.labels = .ignored }

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect([1, 2, 4].contains(factor), "factor", "1, 2 or 4", found: "\(factor)")
            problems.expect(widths, count: 1...5, in: 1...2048, "widths")
            problems.expect(blocks, in: 1...32, "blocks")
            problems.add(damage.problems, under: "damage")
            problems.expect(absolute >= 0, "absolute", "0 or more", found: "\(absolute)")
            problems.expect(features, "features")
            return problems.all + judging.problems
        }

        /// Whether a share of the pictures is made from codes.
        public var learnsFromCodes: Bool { damage.codes > 0 }

        /// Pixels of a small picture that the deepest map has one of.
        var step: Int { 1 << widths.count }
    }

    /// Sides that can be halved often enough.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        let step = settings.step * settings.factor
        var problems = SettingProblems()
        problems.expect(
            spec.height.isMultiple(of: step) && spec.width.isMultiple(of: step),
            "widths",
            "as many widths as \(spec.height)×\(spec.width) can be halved",
            found: "\(settings.widths.count), which needs multiples of \(step)"
        )
        return problems.all
    }

    /// The network that repairs.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        RepairGenerator(settings, for: spec, using: streams)
    }
}
