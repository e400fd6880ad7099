import Torch

/// What the players want, as losses on the discriminator's logits.
///
/// Every form is safe for logits of any size.
public enum AdversarialLoss: String, Sendable, Codable, CaseIterable {
    /// −log σ(a) for real, −log σ(−a) for drawn pictures; the generator minimises −log σ(a).
    ///
    /// Source: Goodfellow et al., "Generative Adversarial Nets", 2014, section 3, with the
    /// generator's non-saturating form.
    case binaryCrossEntropy = "binary-cross-entropy"
    /// max(0, 1 − a) and max(0, 1 + a); the generator minimises −a.
    ///
    /// Source: Lim and Ye, "Geometric GAN", 2017.
    case hinge
    /// ½(a − 1)² and ½a²; the generator minimises ½(a − 1)².
    ///
    /// Source: Mao et al., "Least Squares GAN", 2017, equation 9.
    case leastSquares = "least-squares"
    /// −a and a; the generator minimises −a. Needs a discriminator kept smooth by other means.
    ///
    /// Source: Arjovsky et al., "Wasserstein GAN", 2017.
    case wasserstein

    /// The discriminator's loss on real pictures.
    ///
    /// With smoothing the target of cross-entropy and of squares is that much below one.
    ///
    /// Shape: N → one number.
    public func discriminator(real logits: Tensor, smoothing: Double = 0) -> Tensor {
        switch self {
        case .binaryCrossEntropy:
            // softplus(a) − t·a, the cross-entropy with target t.
            let loss = (-logits).softplus().mean()
            return smoothing == 0 ? loss : loss + logits.mean() * smoothing
        case .hinge: return (1 - logits).relu().mean()
        case .leastSquares: return (logits - (1 - smoothing)).squared().mean() * 0.5
        case .wasserstein: return -logits.mean()
        }
    }

    /// The discriminator's loss on drawn pictures.
    ///
    /// Shape: N → one number.
    public func discriminator(fake logits: Tensor) -> Tensor {
        switch self {
        case .binaryCrossEntropy: logits.softplus().mean()
        case .hinge: (1 + logits).relu().mean()
        case .leastSquares: logits.squared().mean() * 0.5
        case .wasserstein: logits.mean()
        }
    }

    /// The generator's loss on drawn pictures.
    ///
    /// Shape: N → one number.
    public func generator(fake logits: Tensor) -> Tensor {
        switch self {
        case .binaryCrossEntropy: (-logits).softplus().mean()
        case .hinge, .wasserstein: -logits.mean()
        case .leastSquares: (logits - 1).squared().mean() * 0.5
        }
    }

    /// The derivative of the generator's loss over that of the discriminator's on drawn
    /// pictures, logit by logit, where there is one for this loss.
    ///
    /// For cross-entropy ∂L_G/∂a = −σ(−a)/N and ∂L_D/∂a = σ(a)/N, so the ratio is −e^(−a). With
    /// it one backward pass through the discriminator serves both players, exactly.
    ///
    /// Shape: N → N.
    public func gradientRatio(fake logits: Tensor) -> Tensor? {
        self == .binaryCrossEntropy ? -((-logits).exp()) : nil
    }
}
