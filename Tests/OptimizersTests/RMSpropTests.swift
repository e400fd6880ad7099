import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct RMSpropTests {
    private func step(_ settings: RMSprop, _ gradients: [Double]) -> Double {
        let optimizer = Optimizer(settings, for: Samples.parameter([1]))
        for gradient in gradients { optimizer.step([Tensor([gradient])]) }
        return Samples.elements(of: optimizer)[0]
    }

    @Test func epsilonIsOutsideTheRootOrInside() {
        let plain = RMSprop(learningRate: 0.5, alpha: 0.75, epsilon: 0.5)
        // The mean square is 1.
        #expect(abs(step(plain, [2]) - (1 - 0.5 * 2 / 1.5)) < 1e-12)
        let keras = RMSprop.keras(learningRate: 0.5, rho: 0.75, epsilon: 0.5)
        #expect(abs(step(keras, [2]) - (1 - 0.5 * 2 / 1.5.squareRoot())) < 1e-12)
    }

    @Test func centeredDividesByTheVariance() {
        let settings = RMSprop(learningRate: 0.5, alpha: 0.75, epsilon: 0, centered: true)
        // Mean square 1, mean 0.5.
        #expect(abs(step(settings, [2]) - (1 - 0.5 * 2 / 0.75.squareRoot())) < 1e-12)
    }

    @Test func learningRateIsOutsideTheVelocityOrInside() {
        for form in RMSprop.Form.allCases {
            let settings = RMSprop(alpha: 0, epsilon: 0, momentum: 0.5, form: form)
            let optimizer = Optimizer(settings, for: Samples.parameter([1]))
            optimizer.learningRate = 0.5
            optimizer.step([Tensor([3.0] as [Double])])
            optimizer.learningRate = 0.25
            optimizer.step([Tensor([3.0] as [Double])])
            // The direction is 1 both times.
            let second = form == .keras ? 0.5 * 0.5 + 0.25 : 0.25 * (0.5 + 1)
            #expect(abs(Samples.elements(of: optimizer)[0] - (1 - 0.5 - second)) < 1e-12)
        }
    }
}
