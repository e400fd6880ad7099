import Neural
import Testing
import Torch

/// Weights in bytes come back to within half a step.
struct ByteWeightsTests {
    @Test(arguments: [[64, 32], [16, 8, 3, 3], [1, 2048], [2048, 1]])
    func numbersComeBackToWithinHalfAStep(_ shape: [Int]) throws {
        let source = RandomSource(seed: 3, purpose: "bytes")
        let sizes = Tensor.uniform(
            [shape[0]] + [Int](repeating: 1, count: shape.count - 1),
            to: 100,
            using: source
        )
        let tensor = Tensor.normal(shape, using: source) * sizes
        let packed = ByteWeights.packed("layer.weight", tensor)
        #expect(packed.map(\.name) == ["layer.weight", "layer.weight.step"])
        #expect(packed[0].tensor.dtype == .uint8 && packed[1].tensor.shape == [shape[0]])
        let back = try ByteWeights.unpacked(
            Dictionary(uniqueKeysWithValues: packed.map { ($0.name, $0.tensor) }),
            origin: "here"
        )
        #expect(Array(back.keys) == ["layer.weight"])
        let found = try #require(back["layer.weight"])
        let rows = shape[0]
        let far =
            (found - tensor).absolute().reshaped([rows, tensor.count / rows])
            .max(over: [1]) / packed[1].tensor
        #expect(far.max().item() < 0.501)
    }

    /// Rows of nothing stay nothing; small tensors, and those without rows, are left alone.
    @Test func whatSavesNothingStays() throws {
        let none = Tensor.zeros([64, 64])
        let packed = Dictionary(
            uniqueKeysWithValues: ByteWeights.packed("w", none).map { ($0.name, $0.tensor) }
        )
        let back = try ByteWeights.unpacked(packed, origin: "here")
        #expect(try #require(back["w"]).absolute().max().item() == 0)
        for shape in [[4096], [4, 4], []] {
            let kept = ByteWeights.packed("w", .ones(shape))
            #expect(kept.count == 1 && kept[0].tensor.dtype == .float32)
        }
    }

    /// Bytes without a step for each row are an error with the file's name, not left as bytes.
    @Test(arguments: [[63], [64, 1], []])
    func wrongStepsAreRefused(_ shape: [Int]) {
        let tensors = ["w": Tensor.zeros([64, 64], dtype: .uint8), "w.step": .ones(shape)]
        #expect {
            try ByteWeights.unpacked(tensors, origin: "there.safetensors")
        } throws: {
            "\($0)".contains("there.safetensors") && "\($0)".contains("'w.step'")
        }
    }

    /// Steps are asked for where, and only where, a file has bytes.
    @Test func stepsAreExpectedBesideBytes() {
        let wanted = [
            "a": TensorOutline(shape: [8, 4], dtype: .float32),
            "b": TensorOutline(shape: [8], dtype: .float32),
            "n": TensorOutline(shape: [1], dtype: .int64),
        ]
        let found = [
            "a": TensorOutline(shape: [8, 4], dtype: .uint8),
            "b": TensorOutline(shape: [8], dtype: .bfloat16),
        ]
        #expect(
            ByteWeights.expected(wanted, in: found) == [
                "a": TensorOutline(shape: [8, 4], dtype: .uint8),
                "a.step": TensorOutline(shape: [8], dtype: .float32),
                "b": TensorOutline(shape: [8], dtype: .bfloat16),
                "n": TensorOutline(shape: [1], dtype: .int64),
            ]
        )
    }
}
