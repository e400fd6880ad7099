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

    @Test func refusesOneValuePerChannel() async {
        await #expect(processExitsWith: .failure) {
            let norm = BatchNorm(2, decay: 0.9, epsilon: 1e-3)
            print(norm(.ones([1, 2])).shape)
        }
    }
}
