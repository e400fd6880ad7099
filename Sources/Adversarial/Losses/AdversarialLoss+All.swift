import Registries
import Torch

extension AdversarialLoss {
    /// Those that come with the product, and those that were added.
    public static let registry = Registry<AdversarialLoss>(
        "loss",
        [
            .binaryCrossEntropy, .saturating, .hinge, .leastSquares, .wasserstein, .relativistic,
            .meanDiscrepancy,
        ]
    ) { $0.name }

    /// softplus(a) − t·a, the cross-entropy with target t.
    private static let crossEntropy: @Sendable (Tensor, Tensor, Double) -> Tensor = {
        real,
        fake,
        smoothing in
        let loss = (-real).softplus().mean() + fake.softplus().mean()
        return smoothing == 0 ? loss : loss + real.mean() * smoothing
    }

    /// −log σ(a) for real, −log σ(−a) for drawn pictures; the generator minimises −log σ(a).
    ///
    /// ∂L_G/∂a = −σ(−a)/N and ∂L_D/∂a = σ(a)/N, so their ratio is −e^(−a).
    ///
    /// Source: Goodfellow et al., "Generative Adversarial Nets", 2014, section 3, with the
    /// generator's non-saturating form.
    public static let binaryCrossEntropy = AdversarialLoss(
        "binary-cross-entropy",
        discriminator: crossEntropy,
        generator: { fake, _ in (-fake).softplus().mean() },
        gradientRatio: { -((-$0).exp()) }
    )

    /// The same, but the generator minimises log σ(−a): the game of two players in its first form.
    ///
    /// Source: Goodfellow et al., 2014, equation 1.
    public static let saturating = AdversarialLoss(
        "saturating",
        discriminator: crossEntropy,
        generator: { fake, _ in -(fake.softplus().mean()) }
    )

    /// max(0, 1 − a) and max(0, 1 + a); the generator minimises −a.
    ///
    /// Source: Lim and Ye, "Geometric GAN", 2017.
    public static let hinge = AdversarialLoss(
        "hinge",
        discriminator: { real, fake, _ in (1 - real).relu().mean() + (1 + fake).relu().mean() },
        generator: { fake, _ in -fake.mean() }
    )

    /// ½(a − 1)² and ½a²; the generator minimises ½(a − 1)².
    ///
    /// Source: Mao et al., "Least Squares GAN", 2017, equation 9.
    public static let leastSquares = AdversarialLoss(
        "least-squares",
        discriminator: { real, fake, _ in
            (real - 1).squared().mean() * 0.5 + fake.squared().mean() * 0.5
        },
        generator: { fake, _ in (fake - 1).squared().mean() * 0.5 }
    )

    /// −a and a; the generator minimises −a.
    ///
    /// It needs a discriminator that other means keep smooth.
    ///
    /// Source: Arjovsky et al., "Wasserstein GAN", 2017.
    public static let wasserstein = AdversarialLoss(
        "wasserstein",
        discriminator: { real, fake, _ in fake.mean() - real.mean() },
        generator: { fake, _ in -fake.mean() }
    )

    /// −log σ(a − b), a of a real and b of a drawn picture; the generator minimises −log σ(b − a).
    ///
    /// Source: Jolicoeur-Martineau, "The relativistic discriminator", 2018, in the paired form of
    /// Huang et al., "The GAN is dead; long live the GAN!", 2024.
    public static let relativistic = AdversarialLoss(
        "relativistic",
        comparesWithReal: true,
        discriminator: { real, fake, _ in (fake - real).softplus().mean() },
        generator: { fake, real in (real - fake).softplus().mean() }
    )

    /// Minus the squared mean discrepancy of real and drawn codes; the generator minimises it.
    ///
    /// Source: Bińkowski et al., "Demystifying MMD GANs", ICLR 2018.
    public static let meanDiscrepancy = AdversarialLoss(
        "mmd",
        comparesWithReal: true,
        discriminator: { real, fake, _ in
            -MeanDiscrepancy().unbiased(real.wholeBatch(), fake.wholeBatch())
        },
        generator: { fake, real in
            MeanDiscrepancy().unbiased(real.wholeBatch(), fake.wholeBatch())
        },
        witness: {
            MeanDiscrepancy().witness($0, real: $1.wholeBatch(), fake: $2.wholeBatch())
        }
    )
}
