import Autoregressive
import Runs
import Torch

/// PixelCNN++ with mixtures or levels.
public enum PixelCNNPlusFamily: PixelFamily {
    /// The name in recipes.
    public static let name = "pixelcnn-plus"
    /// What it is.
    public static let summary =
        "two streams of gated blocks over several sizes, and mixtures of logistics"
    /// The paper.
    public static let source = "Salimans et al., PixelCNN++, 2017"

    /// All that a recipe can say of the network.
    public struct Settings: PixelSettings {
        /// Channels of the maps; 160 in the paper.
        public var width = 64
        /// Blocks of each stream at each size; 5 in the paper.
        public var blocks = 2
        /// Sizes, each half of the one before.
        public var scales = 3
        /// Share of the activations set to zero in training; one half in the paper.
        public var dropout = 0.0
        /// Layers that look at the draft.
        public var draftLayers = 3
        /// What a pixel's distribution is made of.
        public var head = PixelHeadKind.mixtures
        /// Parts of a mixture.
        public var mixtures = 10

        /// A network for small pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(blocks, in: 1...16, "blocks")
            problems.expect(scales, in: 1...6, "scales")
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            problems.expect(draftLayers, in: 1...8, "draft-layers")
            problems.expect(mixtures, in: 1...100, "mixtures")
            return problems.all
        }
    }

    /// Sides that can be halved as often as there are sizes but one.
    public static func problems(
        _ settings: Settings,
        rows: Int,
        columns: Int
    ) -> [SettingProblem] {
        let factor = 1 << (settings.scales - 1)
        var problems = SettingProblems()
        problems.expect(
            rows.isMultiple(of: factor) && columns.isMultiple(of: factor),
            "scales",
            "sizes that divide \(rows)×\(columns)",
            found: "\(settings.scales), which needs multiples of \(factor)"
        )
        return problems.all
    }

    /// The network.
    public static func trunk(
        _ settings: Settings,
        for subject: PixelSubject,
        using source: RandomSource
    ) -> any PixelTrunk {
        var network = PixelCNNPlus.Settings()
        network.width = settings.width
        network.blocks = settings.blocks
        network.scales = settings.scales
        network.dropout = settings.dropout
        network.draftLayers = settings.draftLayers
        return PixelCNNPlus(network, for: subject, using: source)
    }
}
