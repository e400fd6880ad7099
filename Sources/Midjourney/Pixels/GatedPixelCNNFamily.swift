import Autoregressive
import Runs
import Torch

/// The gated PixelCNN with levels or mixtures.
public enum GatedPixelCNNFamily: PixelFamily {
    /// The name in recipes.
    public static let name = "gated-pixelcnn"
    /// What it is.
    public static let summary =
        "gated stacks of convolutions that see the rows above and the pixels before"
    /// The paper.
    public static let source =
        "van den Oord et al., Conditional image generation with PixelCNN decoders, 2016"

    /// All that a recipe can say of the network.
    public struct Settings: PixelSettings {
        /// Channels of the maps.
        public var width = 64
        /// Layers.
        public var layers = 8
        /// Rows and columns of the first layer's windows.
        public var firstKernel = 7
        /// Rows and columns of all later windows.
        public var kernel = 3
        /// Layers that look at the draft.
        public var draftLayers = 3
        /// What a pixel's distribution is made of.
        public var head = PixelHeadKind.levels
        /// Parts of a mixture.
        public var mixtures = 10

        /// A network for small pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(layers, in: 1...64, "layers")
            for (kernel, path) in [(firstKernel, "first-kernel"), (kernel, "kernel")] {
                problems.expect(
                    kernel % 2 == 1 && (3...15).contains(kernel),
                    path,
                    "an odd number from 3 to 15",
                    found: "\(kernel)"
                )
            }
            problems.expect(draftLayers, in: 1...8, "draft-layers")
            problems.expect(mixtures, in: 1...100, "mixtures")
            return problems.all
        }
    }

    /// Any size will do.
    public static func problems(
        _ settings: Settings,
        rows: Int,
        columns: Int
    ) -> [SettingProblem] { [] }

    /// The network.
    public static func trunk(
        _ settings: Settings,
        for subject: PixelSubject,
        using source: RandomSource
    ) -> any PixelTrunk {
        var network = GatedPixelCNN.Settings()
        network.width = settings.width
        network.layers = settings.layers
        network.firstKernel = settings.firstKernel
        network.kernel = settings.kernel
        network.draftLayers = settings.draftLayers
        return GatedPixelCNN(network, for: subject, using: source)
    }
}
