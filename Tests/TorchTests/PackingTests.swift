import Foundation
import TestSupport
import Testing
import Torch

/// Weights in few bits beside the weights that they stand for.
@Suite("packed weights")
struct PackingTests {
    private let source = RandomSource(seed: 9)

    /// Rows of many sizes: usual ones, zeros, a far number, all alike, huge and tiny ones.
    private func weights(_ outputs: Int, _ inputs: Int) -> [[Float]] {
        var rows = (0..<outputs).map { _ in Tensor.normal([inputs], using: source).floats() }
        rows[1] = rows[1].map { _ in 0 }
        rows[2][inputs / 2] = 300
        rows[3] = rows[3].map { _ in -0.7 }
        rows[4] = rows[4].map { $0 * 1e30 }
        rows[5] = rows[5].map { $0 * 1e-20 }
        rows[6] = rows[6].map { $0 + 100 }
        rows[7] = rows[7].map { abs($0) }
        return rows
    }

    private static let shapes = [(16, 64), (32, 100), (48, 192), (16, 8), (64, 1000), (16, 1)]

    @Test("8 bits are within half a step of each weight", arguments: shapes)
    func eightBits(outputs: Int, inputs: Int) throws {
        let rows = weights(outputs, inputs)
        let packed = Tensor(rows.flatMap { $0 }, shape: [outputs, inputs]).packed(bits: 8)
        #expect(
            TensorOutline(packed) == Tensor.packedOutline([outputs, inputs], bits: 8)
        )
        let found = packed.unpacked(inputs: inputs).floats()
        for (number, row) in rows.enumerated() {
            let step = try #require(row.map { abs($0) }.max()) / 127
            for (place, weight) in row.enumerated() {
                #expect(abs(found[number * inputs + place] - weight) <= step * 0.5001)
            }
        }
    }

    @Test("4 bits are within half a step of each weight", arguments: shapes)
    func fourBits(outputs: Int, inputs: Int) throws {
        let rows = weights(outputs, inputs)
        let packed = Tensor(rows.flatMap { $0 }, shape: [outputs, inputs]).packed(bits: 4)
        #expect(
            TensorOutline(packed) == Tensor.packedOutline([outputs, inputs], bits: 4)
        )
        let found = packed.unpacked(inputs: inputs).floats()
        for (number, row) in rows.enumerated() {
            for start in stride(from: 0, to: inputs, by: 64) {
                let group = row[start..<min(start + 64, inputs)]
                let (low, high) = (try #require(group.min()), try #require(group.max()))
                // The smallest weight and the scale have 8 bits of precision.
                let step = (high - low + abs(low) / 128) / 15 * (1 + 1 / 128)
                for place in group.indices {
                    let distance = abs(found[number * inputs + place] - row[place])
                    #expect(distance <= step * 0.5001)
                }
            }
        }
    }

    @Test("16 bits are bfloat16")
    func sixteenBits() {
        let weights = Tensor.normal([32, 70], using: source)
        let found = weights.packed(bits: 16).unpacked(inputs: 70)
        #expect(
            found.floats() == weights.converted(to: .bfloat16).converted(to: .float32).floats()
        )
    }

    /// Rows as packed weights meet them.
    private func rounded(_ rows: Tensor, bits: Int) -> Tensor {
        if bits == 16 { return rows.converted(to: .bfloat16).converted(to: .float32) }
        let most = bits == 8 ? 32512.0 : 127.0
        let inputs = rows.size(1)
        let filled = (inputs + 63) / 64 * 64
        let all = Tensor.concatenated([rows, .zeros([rows.size(0), filled - inputs])], along: 1)
            .reshaped([rows.size(0), filled / 64, 64])
        let peaks = all.absolute().max(over: [2], keepingDimensions: true) + 1e-30
        return ((all / peaks * most).rounded() / most * peaks)
            .reshaped([rows.size(0), filled]).sliced(0..<inputs, along: 1)
    }

    @Test("products are those of the unpacked weights", arguments: [16, 8, 4], [64, 100, 1000])
    func products(bits: Int, inputs: Int) {
        let weights = (Tensor.normal([112, inputs], using: source) * 0.1).packed(bits: bits)
        let rows = Tensor.normal([19, inputs], using: source)
        let found = rows.product(packed: weights)
        let exact = rounded(rows, bits: bits).multiplied(
            by: weights.unpacked(inputs: inputs).transposed(0, 1)
        )
        #expect(mismatch(found, exact, tolerance: 1e-4) == nil)
        #expect(
            mismatch(found, rows.product(packed: weights, plainly: true), tolerance: 1e-5) == nil
        )
        if bits == 8 {
            let plain = rows.multiplied(
                by: weights.unpacked(inputs: inputs).transposed(0, 1)
            )
            #expect(mismatch(found, plain, tolerance: 2e-4) == nil)
        }
        // Each row is the same beside any others.
        for count in 1...9 {
            for start in [0, 5] {
                let some = rows.sliced(start..<start + count, along: 0)
                for plainly in [false, true] {
                    let own = some.product(packed: weights, plainly: plainly)
                    let all = rows.product(packed: weights, plainly: plainly)
                    #expect(
                        own.floats() == all.sliced(start..<start + count, along: 0).floats()
                    )
                }
            }
        }
    }

    @Test("zeros give zeros, and what is no number is not lost", arguments: [16, 8, 4])
    func ends(bits: Int) {
        let weights = Tensor.normal([16, 64], using: source).packed(bits: bits)
        var numbers = [Float](repeating: 0, count: 128)
        numbers[70] = .nan
        let found = Tensor(numbers, shape: [2, 64]).product(packed: weights).floats()
        #expect(found[..<16].allSatisfy { $0 == 0 })
        #expect(found[16...].allSatisfy { $0.isNaN })
    }

    @Test("what cannot be packed has no outline")
    func refusals() {
        #expect(Tensor.packedOutline([17, 64], bits: 8) == nil)
        #expect(Tensor.packedOutline([16, 64], bits: 5) == nil)
        #expect(Tensor.packedOutline([16], bits: 8) == nil)
        #expect(Tensor.packedOutline([16, 65], bits: 4)?.shape == [1, 2, 576])
    }
}
