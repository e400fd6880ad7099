import Optimizers
import Testing
import Torch

@Suite struct GlobalNormTests {
    @Test func allElementsCount() {
        let tensors = [
            Tensor([1, 2] as [Double]), Tensor([4, 2] as [Double], shape: [2, 1]),
            Tensor([] as [Double]),
        ]
        #expect(globalNorm(of: tensors).item() == 5)
        #expect(globalNorm(of: []).item() == 0)
    }

    @Test func nothingIsRecorded() {
        let leaf = Tensor([3, 4] as [Double]).requiringGradient()
        #expect(!globalNorm(of: [leaf * 2]).requiresGradient)
    }
}
