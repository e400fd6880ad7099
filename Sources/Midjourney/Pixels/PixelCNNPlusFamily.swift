import Autoregressive
import Runs
import Settings
import Torch

/// PixelCNN++ with mixtures or levels.
public enum PixelCNNPlusFamily: PixelFamily {
    /// The name in recipes.
    public static let name = "pixelcnn-plus"
    /// What it is.
    public static let summary =
        "two streams of gated blocks over several sizes, and mixtures of logistics"
    /// The paper that it follows.
    public static let source = "Salimans et al., PixelCNN++, 2017"

    /// Sides that can be halved as often as there are sizes but one.
    public static func problems(
        _ settings: PixelCNNPlus.Settings,
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
        _ settings: PixelCNNPlus.Settings,
        for spec: PixelSpec,
        using source: RandomSource
    ) -> any PixelTrunk {
        PixelCNNPlus(settings, for: spec, using: source)
    }
}
