import Foundation
import Optimizers
import Settings
import TestSupport
import Testing

@Suite struct AdamTests {
    /// Constant gradients: the corrected moments are the gradient and its square in every step.
    @Test(arguments: [1, 2, 50])
    func constantGradient(steps: Int) {
        let optimizer = Optimizer(
            Adam(learningRate: 0.1, epsilon: 0.01),
            for: Samples.parameter([1, 1])
        )
        for _ in 0..<steps { optimizer.step([.init([0.5, -0.001] as [Double])]) }
        let moves = [0.5 / 0.51, -0.001 / 0.011].map { 1 - 0.1 * Double(steps) * $0 }
        #expect(mismatch(Samples.elements(of: optimizer), moves, tolerance: 1e-12) == nil)
    }

    /// A share of the mean square set between steps is the one used, also in the correction.
    @Test func theShareOfSquaresMayChange() {
        let optimizer = Optimizer(
            Adam(learningRate: 0.1, beta1: 0, epsilon: 1e-8),
            for: Samples.parameter([1])
        )
        var (weight, square) = (1.0, 0.0)
        for step in 1...5 {
            let share = 0.9 + 0.01 * Double(step)
            let gradient = cos(Double(step))
            optimizer.squareShare = share
            optimizer.step([.init([gradient])])
            square = square * share + gradient * gradient * (1 - share)
            let corrected = square / (1 - pow(share, Double(step)))
            weight -= 0.1 * gradient / (corrected.squareRoot() + 1e-8)
            #expect(mismatch(Samples.elements(of: optimizer), [weight], tolerance: 1e-12) == nil)
        }
    }

    /// Keras' update as its documentation has it, on one number.
    @Test func kerasFormula() {
        let optimizer = Optimizer(
            Adam.keras(learningRate: 0.1, beta1: 0.5, epsilon: 1e-3),
            for: Samples.parameter([1])
        )
        var (weight, mean, square) = (1.0, 0.0, 0.0)
        for step in 1...20 {
            let (gradient, time) = (1e-3 * cos(Double(step)), Double(step))
            optimizer.step([.init([gradient])])
            mean += (gradient - mean) * 0.5
            square += (gradient * gradient - square) * 0.001
            let rate = 0.1 * (1 - pow(0.999, time)).squareRoot() / (1 - pow(0.5, time))
            weight -= rate * mean / (square.squareRoot() + 1e-3)
            #expect(mismatch(Samples.elements(of: optimizer), [weight], tolerance: 1e-12) == nil)
        }
    }

    @Test func formsDifferByThePlaceOfEpsilon() {
        let results = [EpsilonPlacement.corrected, .uncorrected].map { placement in
            let optimizer = Optimizer(
                Adam(learningRate: 0.1, epsilon: 1e-3, epsilonPlacement: placement),
                for: Samples.parameter([1])
            )
            optimizer.step([.init([1e-3] as [Double])])
            return Samples.elements(of: optimizer)[0]
        }
        #expect(abs(results[0] - (1 - 0.1 / 2)) < 1e-12)
        #expect(abs(results[1] - (1 - 0.1 / (1 + 1 / 0.001.squareRoot()))) < 1e-12)
    }
}
