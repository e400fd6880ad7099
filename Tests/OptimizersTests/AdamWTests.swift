import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct AdamWTests {
    /// Without gradients weights decay by themselves; Adam's own decay goes through the gradient.
    @Test func decayIsDecoupled() {
        let decoupled = Optimizer(
            AdamW(learningRate: 0.1, weightDecay: 0.5),
            for: Samples.parameter([2, -4])
        )
        let coupled = Optimizer(
            Adam(learningRate: 0.1, weightDecay: 0.5),
            for: Samples.parameter([2, -4])
        )
        for optimizer in [decoupled, coupled] { optimizer.step([.zeros([2], dtype: .float64)]) }
        #expect(mismatch(Samples.elements(of: decoupled), [1.9, -3.8], tolerance: 1e-12) == nil)
        #expect(mismatch(Samples.elements(of: coupled), [1.9, -3.9], tolerance: 1e-7) == nil)
    }

    @Test func withoutDecayItIsAdam() {
        let rules: [any UpdateRule] = [
            AdamW(weightDecay: 0), Adam(),
        ]
        let results = rules.map { rule in
            let optimizer = Optimizer(rule, for: Samples.parameters())
            for step in 1...5 { optimizer.step(Samples.gradients(step: step)) }
            return Samples.elements(of: optimizer)
        }
        #expect(results[0] == results[1])
    }
}
