import Neural
import Runs
import Settings

/// How a family's weights start, as a recipe says it.
public enum WeightStart: String, SettingChoice {
    /// Evenly within the square root of 6 / (inputs + outputs).
    case glorotUniform = "glorot-uniform"
    /// Normal with a deviation of 0.02.
    case normal = "normal-0.02"
    /// Truncated normal with variance 2 / inputs.
    case heNormal = "he-normal"
    /// At right angles.
    case orthogonal

    /// The initializer.
    var initializer: Initializer {
        switch self {
        case .glorotUniform: .glorotUniform
        case .normal: .normal(deviation: 0.02)
        case .heNormal: .heNormal
        case .orthogonal: .orthogonal()
        }
    }
}

/// How a discriminator learns which label a picture is to have.
public enum LabelJudging: String, SettingChoice {
    /// The features' product with a vector of the label, added to the logit.
    case projection
    /// The label as further channels of the picture.
    case concatenation
    /// Not at all; a classification task may still name labels.
    case ignored
}

/// How a generator learns which label to draw.
public enum LabelDrawing: String, SettingChoice {
    /// The label after the latent numbers.
    case concatenation
    /// A scale and a shift of each normalised channel for each label.
    case norm
}
