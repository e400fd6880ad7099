import Adversarial
import TestSupport
import Testing
import Torch

@Suite struct AdversarialLossTests {
    private let real = Tensor([2.0, -0.5] as [Double])
    private let fake = Tensor([-1.0, 0.25] as [Double])

    @Test func crossEntropyIsMinusLogOfProbabilities() {
        let sigma = { (x: Tensor) in x.sigmoid() }
        let judged = -sigma(real).log().mean() - (1 - sigma(fake)).log().mean()
        for loss in [AdversarialLoss.binaryCrossEntropy, .saturating] {
            let found = loss.discriminator(real: real, fake: fake)
            #expect(mismatch(found, judged, tolerance: 1e-12) == nil)
        }
        let drawn = AdversarialLoss.binaryCrossEntropy.generator(fake: fake)
        #expect(mismatch(drawn, -sigma(fake).log().mean(), tolerance: 1e-12) == nil)
        let saturating = AdversarialLoss.saturating.generator(fake: fake)
        #expect(mismatch(saturating, (1 - sigma(fake)).log().mean(), tolerance: 1e-12) == nil)
    }

    @Test func smoothingLowersTheTargetOfRealPictures() {
        let expected =
            -(real.sigmoid().log() * 0.9 + (1 - real.sigmoid()).log() * 0.1).mean()
            - (1 - fake.sigmoid()).log().mean()
        let found = AdversarialLoss.binaryCrossEntropy.discriminator(
            real: real,
            fake: fake,
            smoothing: 0.1
        )
        #expect(mismatch(found, expected, tolerance: 1e-12) == nil)
    }

    @Test func otherLossesByHand() {
        func both(_ loss: AdversarialLoss) -> Double {
            loss.discriminator(real: real, fake: fake).item()
        }
        #expect(both(.hinge) == 0.75 + 0.625)
        #expect(AdversarialLoss.hinge.generator(fake: fake).item() == 0.375)
        #expect(both(.leastSquares) == 0.8125 + 0.265_625)
        #expect(AdversarialLoss.leastSquares.generator(fake: fake).item() == 1.140_625)
        #expect(both(.wasserstein) == -0.75 - 0.375)
        #expect(AdversarialLoss.wasserstein.generator(fake: fake).item() == 0.375)
    }

    @Test func aBlindRelativisticDiscriminatorLosesLogTwo() {
        let loss = AdversarialLoss.relativistic
        let same = Tensor([3.0, -7] as [Double])
        #expect(abs(loss.discriminator(real: same, fake: same).item() - 2.0.logarithm) < 1e-12)
        #expect(abs(loss.generator(fake: same, real: same).item() - 2.0.logarithm) < 1e-12)
        // Pairs: −log σ(a − b) of each.
        let expected = -(real - fake).sigmoid().log().mean()
        let found = loss.discriminator(real: real, fake: fake)
        #expect(mismatch(found, expected, tolerance: 1e-12) == nil)
    }

    @Test(arguments: AdversarialLoss.registry.all)
    func lossesAreFiniteForHugeLogits(_ loss: AdversarialLoss) {
        let isMany = loss == .meanDiscrepancy
        let huge = Tensor([1e6, -1e6] as [Double]).reshaped(isMany ? [2, 1] : [2])
        for value in [
            loss.discriminator(real: huge, fake: huge.flipped([0])),
            loss.generator(fake: huge, real: huge),
        ] {
            #expect(value.item().isFinite)
        }
    }

    @Test func gradientRatioIsThatOfTheDerivatives() throws {
        let logits = Tensor([-20, -3, 0, 0.5, 12] as [Double]).requiringGradient()
        let loss = AdversarialLoss.binaryCrossEntropy
        let generator = gradients(of: loss.generator(fake: logits), for: [logits])[0]
        let discriminator = gradients(
            of: loss.discriminator(real: real, fake: logits),
            for: [logits]
        )[0]
        let ratio = try #require(loss.gradientRatio(fake: logits.detached()))
        let quotient = (generator / (discriminator * ratio)).doubles()
        #expect(mismatch(quotient, [1, 1, 1, 1, 1], tolerance: 1e-9) == nil)
        #expect(AdversarialLoss.hinge.gradientRatio(fake: logits) == nil)
    }
}

extension Double {
    fileprivate var logarithm: Double { Tensor(self, dtype: .float64).log().item() }
}
