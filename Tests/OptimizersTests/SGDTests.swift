import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct SGDTests {
    private func steps(_ settings: SGD, _ gradients: [Double]) -> Double {
        let optimizer = Optimizer(settings, for: Samples.parameter([1]))
        for gradient in gradients { optimizer.step([Tensor([gradient])]) }
        return Samples.elements(of: optimizer)[0]
    }

    @Test func plain() {
        #expect(steps(SGD(learningRate: 0.25), [1, 2]) == 0.25)
    }

    @Test func momentumStartsWithTheFirstGradient() {
        // Velocities 1 and 0.5 · 1 + 2; with dampening 0.5 · 1 + 0.5 · 2.
        #expect(steps(SGD(learningRate: 0.25, momentum: 0.5), [1, 2]) == 1 - 0.25 * 3.5)
        let dampened = SGD(learningRate: 0.25, momentum: 0.5, dampening: 0.5)
        #expect(steps(dampened, [1, 2]) == 1 - 0.25 * 2.5)
    }

    @Test func nesterovLooksAhead() {
        // Steps 1 + 0.5 · 1 and 2 + 0.5 · 2.5.
        let settings = SGD(learningRate: 0.25, momentum: 0.5, nesterov: true)
        #expect(steps(settings, [1, 2]) == 1 - 0.25 * (1.5 + 3.25))
    }

    @Test func nesterovNeedsMomentumWithoutDampening() {
        #expect(throws: OptimizerError.self) { try SGD(nesterov: true).validate() }
        #expect(throws: OptimizerError.self) {
            try SGD(momentum: 0.9, dampening: 0.1, nesterov: true).validate()
        }
        #expect(throws: Never.self) { try SGD(momentum: 0.9, nesterov: true).validate() }
    }
}
