import Neural
import Testing
import Torch

@Suite struct BatchNormTests {
    @Test func keepsShapes() {
        let norm = BatchNorm(3, decay: 0.9, epsilon: 1e-5)
        #expect(norm(.ones([4, 3])).shape == [4, 3])
        #expect(norm(.ones([2, 3, 5, 4])).shape == [2, 3, 5, 4])
    }

    @Test func countsBiasedVarianceUnlessTold() {
        let values = Tensor([0, 2] as [Float], shape: [2, 1])
        for countsUnbiased in [false, true] {
            let norm = BatchNorm(1, decay: 0.5, epsilon: 1e-3, countsUnbiased: countsUnbiased)
            let before = norm.runningMean
            #expect(norm(values).shape == [2, 1])
            #expect(norm.runningMean.floats() == [0.5])
            #expect(norm.runningVariance.floats() == [countsUnbiased ? 1.5 : 1])
            #expect(norm.batchCount.elements(as: Int.self) == [1])
            #expect(before.floats() == [0])
        }
    }

    @Test func meanOverAllBatchesWithoutDecay() {
        let norm = BatchNorm(1, decay: nil, epsilon: 1e-3)
        for value in [0, 3, 6] as [Float] {
            #expect(norm(Tensor([value, value + 2], shape: [2, 1])).count == 2)
        }
        #expect(norm.runningMean.floats() == [4])
        #expect(norm.runningVariance.floats() == [1])
    }

    @Test func inUseLeavesStatistics() {
        let norm = BatchNorm(2, decay: 0.9, epsilon: 0)
        norm.setTraining(false)
        let input = Tensor([1, 2, 3, 4] as [Float], shape: [2, 2])
        #expect(norm(input).floats() == [1, 2, 3, 4])
        #expect(norm.batchCount.item() == 0)
    }

    /// The last batch of an epoch may have one picture: what comes out is the shift, as in Keras.
    @Test(arguments: [2, 16]) func oneValuePerChannelIsItsOwnMean(_ channels: Int) {
        for countsUnbiased in [true, false] {
            for leaky in [true, false] {
                let norm = BatchNorm(
                    channels,
                    decay: 0.5,
                    epsilon: 1e-3,
                    countsUnbiased: countsUnbiased
                )
                let input = Tensor.ones([1, channels]) * 3
                let output = leaky ? norm.leaky(input, slope: 0.2) : norm(input)
                #expect(output.floats().allSatisfy { abs($0) < 1e-4 })
                #expect(norm.runningMean.floats().allSatisfy { $0 == 1.5 })
                #expect(norm.runningVariance.floats().allSatisfy { $0 == 1 })
                let slopes = gradients(of: output.sum(), for: norm.parameters.map(\.wrappedValue))
                #expect(slopes.allSatisfy { $0.floats().allSatisfy(\.isFinite) })
            }
        }
    }
}
