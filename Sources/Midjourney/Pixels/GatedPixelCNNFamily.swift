import Autoregressive
import Runs
import Settings
import Torch

/// The gated PixelCNN with levels or mixtures.
public enum GatedPixelCNNFamily: PixelFamily {
    /// The name in recipes.
    public static let name = "gated-pixelcnn"
    /// What it is.
    public static let summary =
        "gated stacks of convolutions that see the rows above and the pixels before"
    /// The paper that it follows.
    public static let source =
        "van den Oord et al., Conditional image generation with PixelCNN decoders, 2016"

    /// Any size will do.
    public static func problems(
        _ settings: GatedPixelCNN.Settings,
        rows: Int,
        columns: Int
    ) -> [SettingProblem] { [] }

    /// The network.
    public static func trunk(
        _ settings: GatedPixelCNN.Settings,
        for spec: PixelSpec,
        using source: RandomSource
    ) -> any PixelTrunk {
        GatedPixelCNN(settings, for: spec, using: source)
    }
}
