import Settings

/// The order in which a transformer draws the codes of a picture.
public enum CodeOrder: String, SettingChoice {
    /// One place after the other, row by row.
    case raster
    /// Many places at each of a few steps, the surest first; every place sees all others.
    ///
    /// Source: Chang et al., "MaskGIT: masked generative image transformer", CVPR 2022.
    case masked
}
