import Settings
import Torch

/// What a recipe can say of any pixel model.
public protocol PixelSettings: PartSettings {
    /// What a pixel's distribution is made of.
    var head: PixelHeadKind { get }
    /// Parts of a mixture.
    var mixtures: Int { get }
}

/// What a pixel's distribution is made of.
public enum PixelHeadKind: String, SettingChoice {
    /// A chance for each of 256 levels.
    case levels
    /// A mixture of logistic distributions.
    case mixtures

    /// The head on so many features.
    package func head(
        features: Int,
        channels: Int,
        mixtures: Int,
        using source: RandomSource
    ) -> any PixelHead {
        switch self {
        case .levels: CategoricalHead(features: features, channels: channels, using: source)
        case .mixtures:
            LogisticMixtureHead(
                features: features,
                channels: channels,
                mixtures: mixtures,
                using: source
            )
        }
    }
}
