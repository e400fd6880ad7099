import TestSupport
import Testing
import Torch

@Suite struct DequantisationTests {
    @Test(arguments: [[7], [2, 3, 5, 4], [3, 1, 300, 300]])
    func isThatOfTheUnfusedForm(_ shape: [Int]) {
        let count = shape.reduce(1, *)
        let bytes = Tensor((0..<count).map { UInt8(($0 * 37) % 256) }, shape: shape)
        let laidOut = shape.count == 4 ? [bytes, bytes.permuted([0, 2, 3, 1])] : [bytes]
        for bytes in laidOut {
            let found = bytes.dequantised(scale: 2.0 / 255, shift: -1)
            let expected = bytes.converted(to: .float32) * (2.0 / 255) - 1
            #expect(found.strides == bytes.strides)
            #expect(mismatch(found, expected, tolerance: 1e-6) == nil)
        }
    }

    @Test func theEndsOfTheRangeAreExact() {
        let found = Tensor([0, 255] as [UInt8]).dequantised(scale: 2.0 / 255, shift: -1)
        #expect(found.floats() == [-1, 1])
    }

    @Test func refusesOtherTypes() async {
        await #expect(processExitsWith: .failure) {
            print(Tensor([1, 2] as [Float]).dequantised(scale: 1, shift: 0).shape)
        }
    }
}
