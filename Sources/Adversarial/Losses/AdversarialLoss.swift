import Checks
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
    /// The same, but the generator minimises log σ(−a): the game of two players in its first form.
    ///
    /// Source: Goodfellow et al., 2014, equation 1.
    case saturating
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
    /// −log σ(a − b), a of a real and b of a drawn picture; the generator minimises −log σ(b − a).
    ///
    /// Source: Jolicoeur-Martineau, "The relativistic discriminator", 2018, in the paired form of
    /// Huang et al., "The GAN is dead; long live the GAN!", 2024.
    case relativistic
    /// Minus the squared mean discrepancy of real and drawn codes; the generator minimises it.
    ///
    /// Source: Bińkowski et al., "Demystifying MMD GANs", ICLR 2018.
    case meanDiscrepancy = "mmd"

    /// Whether the generator's loss depends on real pictures, too.
    public var comparesWithReal: Bool { self == .relativistic || self == .meanDiscrepancy }

    /// The discriminator's loss.
    ///
    /// - Parameters:
    ///   - real: Logits of real pictures.
    ///   - fake: Logits of drawn pictures; as many where the loss compares them.
    ///   - smoothing: How far cross-entropy's target of real pictures lies below one.
    /// - Returns: One number.
    public func discriminator(real: Tensor, fake: Tensor, smoothing: Double = 0) -> Tensor {
        switch self {
        case .binaryCrossEntropy, .saturating:
            // softplus(a) − t·a, the cross-entropy with target t.
            let loss = (-real).softplus().mean() + fake.softplus().mean()
            return smoothing == 0 ? loss : loss + real.mean() * smoothing
        case .hinge: return (1 - real).relu().mean() + (1 + fake).relu().mean()
        case .leastSquares:
            return (real - 1).squared().mean() * 0.5 + fake.squared().mean() * 0.5
        case .wasserstein: return fake.mean() - real.mean()
        case .relativistic: return (fake - real).softplus().mean()
        case .meanDiscrepancy: return -MeanDiscrepancy().unbiased(real, fake)
        }
    }

    /// The generator's loss.
    ///
    /// - Parameters:
    ///   - fake: Logits of drawn pictures.
    ///   - real: Logits of as many real pictures, where the loss compares them.
    /// - Returns: One number.
    public func generator(fake: Tensor, real: Tensor? = nil) -> Tensor {
        switch self {
        case .binaryCrossEntropy: return (-fake).softplus().mean()
        case .saturating: return -(fake.softplus().mean())
        case .hinge, .wasserstein: return -fake.mean()
        case .leastSquares: return (fake - 1).squared().mean() * 0.5
        case .relativistic: return (compared(real) - fake).softplus().mean()
        case .meanDiscrepancy: return MeanDiscrepancy().unbiased(compared(real), fake)
        }
    }

    /// What the discriminator's slope is measured of: logits, or the witness of its codes.
    ///
    /// Shape: N of one picture each → N.
    public func witness(of logits: Tensor, real: Tensor, fake: Tensor) -> Tensor {
        self == .meanDiscrepancy
            ? MeanDiscrepancy().witness(logits, real: real, fake: fake) : logits
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

    private func compared(_ real: Tensor?) -> Tensor {
        guard let real else { preconditionFailure("\(rawValue) compares with real pictures") }
        return real
    }
}
