/// How the weights that a layer keeps become those that it multiplies with.
public enum WeightForm: Sendable, Hashable {
    /// As they are.
    case plain
    /// Kept with deviation 1 / rate, and multiplied by rate · gain / √inputs at each use, so that
    /// all weights learn alike under rules that normalise steps.
    ///
    /// Source: Karras et al., "Progressive growing of GANs", ICLR 2018, section 4.1; the rate is
    /// StyleGAN's learning-rate multiplier.
    case equalised(gain: Double = 2.0.squareRoot(), rate: Double = 1)
    /// Divided by the largest singular value.
    ///
    /// Source: Miyato et al., "Spectral normalization", ICLR 2018.
    case spectral
}
