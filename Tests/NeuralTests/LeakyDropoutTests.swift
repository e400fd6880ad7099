import Neural
import TestSupport
import Testing
import Torch

@Suite struct LeakyDropoutTests {
    @Test func isLeakyReluInUse() {
        let layer = LeakyDropout(slope: 0.3, rate: 0.5, using: RandomSource(seed: 1))
        layer.setTraining(false)
        let x = Tensor([-2, 0, 3] as [Float])
        #expect(layer(x).floats() == x.leakyRelu(slope: 0.3).floats())
    }

    @Test(arguments: [DType.float32, .float64, .bfloat16])
    func keepsTheSharePromisedAndTheMean(_ dtype: DType) {
        let layer = LeakyDropout(slope: 0.25, rate: 0.25, using: RandomSource(seed: 2))
        let x = Tensor.ones([1000, 100]).converted(to: dtype)
        let kept = layer(x).converted(to: .float64)
        let share = kept.isGreater(than: 0).converted(to: .float64).mean().item()
        // Four deviations of a share of 0.75 in 100,000 draws are 0.0055.
        #expect(abs(share - 0.75) < 0.0055)
        #expect(abs(kept.mean().item() - 1) < 0.01)
        let negative = layer(-x).converted(to: .float64)
        #expect(abs(negative.mean().item() + 0.25) < 0.003)
    }

    @Test func masksDifferFromCallToCallAndRepeatFromAState() {
        let source = RandomSource(seed: 3)
        let layer = LeakyDropout(slope: 0.3, rate: 0.3, using: source)
        let x = Tensor.ones([64, 64])
        let state = source.state
        let first = layer(x).floats()
        #expect(layer(x).floats() != first)
        source.state = state
        #expect(layer(x).floats() == first)
    }

    /// In a process of its own: the number of threads is the whole process'.
    @Test func masksDoNotDependOnThreads() async {
        await #expect(processExitsWith: .success) {
            let x = Tensor.normal([257, 333], using: RandomSource(seed: 4))
            let results = [1, 2].map { threads in
                Machine.threads = threads
                return x.leakyDropout(slope: 0.3, rate: 0.3, using: RandomSource(seed: 5)).floats()
            }
            precondition(results[0] == results[1], "masks differ")
        }
    }

    @Test func neighboursAreIndependent() {
        let layer = LeakyDropout(slope: 0.3, rate: 0.5, using: RandomSource(seed: 6))
        let kept = layer(.ones([100_000])).isGreater(than: 0).converted(to: .float64)
        for distance in [1, 2, 4, 8, 128, 256] {
            let agree = (kept[0..<100_000 - distance] .== kept[distance..<100_000])
                .converted(to: .float64).mean().item()
            #expect(abs(agree - 0.5) < 0.01, "at distance \(distance): \(agree)")
        }
    }

    @Test func derivativeIsThatOfTheUnfusedForm() {
        let x = Tensor.normal([40, 50], dtype: .float64, using: RandomSource(seed: 7))
            .requiringGradient()
        let y = x.leakyDropout(slope: 0.3, rate: 0.3, using: RandomSource(seed: 8))
        let mask = y.detached().isEqual(to: 0).logicalNot().converted(to: .float64)
        let scale = 1 / (1 - (0.3 * 65536).rounded() / 65536)
        let other = x.leakyRelu(slope: 0.3) * mask * scale
        #expect(mismatch(y, other, tolerance: 1e-7) == nil)
        let upstream = Tensor.normal([40, 50], dtype: .float64, using: RandomSource(seed: 9))
        let found = gradients(of: y, for: [x], seed: upstream)[0]
        let expected = gradients(of: other, for: [x], seed: upstream)[0]
        #expect(mismatch(found, expected, tolerance: 1e-7) == nil)
    }

    @Test func secondDerivativeIsThatOfTheUnfusedForm() {
        let x = Tensor.normal([6, 5], dtype: .float64, using: RandomSource(seed: 10))
        func penalty(_ activation: (Tensor) -> Tensor) -> Tensor {
            let w = x.requiringGradient()
            let first = gradients(
                of: (activation(w * w) * w).sum(),
                for: [w],
                createsGraph: true
            )[0]
            return gradients(of: first.squared().sum(), for: [w])[0]
        }
        let mask = (x * x).leakyDropout(slope: 0.3, rate: 0.3, using: RandomSource(seed: 11))
            .isEqual(to: 0).logicalNot().converted(to: .float64)
        let scale = 1 / (1 - (0.3 * 65536).rounded() / 65536)
        let fused = penalty {
            $0.leakyDropout(slope: 0.3, rate: 0.3, using: RandomSource(seed: 11))
        }
        let plain = penalty { $0.leakyRelu(slope: 0.3) * mask * scale }
        #expect(mismatch(fused, plain, tolerance: 1e-7) == nil)
    }
}
