import Adversarial
import TestSupport
import Testing
import Torch

@Suite struct AdversarialLossTests {
    private let real = Tensor([2.0, -0.5] as [Double])
    private let fake = Tensor([-1.0, 0.25] as [Double])

    @Test func binaryCrossEntropyIsMinusLogOfProbabilities() {
        let loss = AdversarialLoss.binaryCrossEntropy
        let sigma = { (x: Tensor) in x.sigmoid() }
        #expect(
            mismatch(
                loss.discriminator(real: real),
                -sigma(real).log().mean(),
                tolerance: 1e-12
            ) == nil
        )
        #expect(
            mismatch(
                loss.discriminator(fake: fake),
                -(1 - sigma(fake)).log().mean(),
                tolerance: 1e-12
            )
                == nil
        )
        #expect(
            mismatch(loss.generator(fake: fake), -sigma(fake).log().mean(), tolerance: 1e-12) == nil
        )
    }

    @Test func smoothingLowersTheTargetOfRealPictures() {
        let expected =
            -(real.sigmoid().log() * 0.9 + (1 - real.sigmoid()).log() * 0.1).mean()
        let found = AdversarialLoss.binaryCrossEntropy.discriminator(real: real, smoothing: 0.1)
        #expect(mismatch(found, expected, tolerance: 1e-12) == nil)
    }

    @Test func otherLossesByHand() {
        #expect(AdversarialLoss.hinge.discriminator(real: real).item() == 0.75)
        #expect(AdversarialLoss.hinge.discriminator(fake: fake).item() == 0.625)
        #expect(AdversarialLoss.hinge.generator(fake: fake).item() == 0.375)
        #expect(AdversarialLoss.leastSquares.discriminator(real: real).item() == 0.8125)
        #expect(AdversarialLoss.leastSquares.discriminator(fake: fake).item() == 0.265_625)
        #expect(AdversarialLoss.leastSquares.generator(fake: fake).item() == 1.140_625)
        #expect(AdversarialLoss.wasserstein.discriminator(real: real).item() == -0.75)
        #expect(AdversarialLoss.wasserstein.discriminator(fake: fake).item() == -0.375)
        #expect(AdversarialLoss.wasserstein.generator(fake: fake).item() == 0.375)
    }

    @Test(arguments: AdversarialLoss.allCases)
    func lossesAreFiniteForHugeLogits(_ loss: AdversarialLoss) {
        let huge = Tensor([1e6, -1e6] as [Double])
        for value in [
            loss.discriminator(real: huge), loss.discriminator(fake: huge),
            loss.generator(fake: huge),
        ] {
            #expect(value.item().isFinite)
        }
    }

    @Test func gradientRatioIsThatOfTheDerivatives() throws {
        let logits = Tensor([-20, -3, 0, 0.5, 12] as [Double]).requiringGradient()
        let loss = AdversarialLoss.binaryCrossEntropy
        let generator = gradients(of: loss.generator(fake: logits), for: [logits])[0]
        let discriminator = gradients(of: loss.discriminator(fake: logits), for: [logits])[0]
        let ratio = try #require(loss.gradientRatio(fake: logits.detached()))
        let quotient = (generator / (discriminator * ratio)).doubles()
        #expect(mismatch(quotient, [1, 1, 1, 1, 1], tolerance: 1e-9) == nil)
        #expect(AdversarialLoss.hinge.gradientRatio(fake: logits) == nil)
    }
}
