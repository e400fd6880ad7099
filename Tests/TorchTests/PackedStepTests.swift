import Foundation
import TestSupport
import Testing
import Torch

/// A transformer's step with packed weights beside the same network in operators.
@Suite("a step with packed weights")
struct PackedStepTests {
    private static let (width, heads, head, hidden, codes) = (128, 2, 64, 192, 96)
    private static let (layers, places) = (2, 6)

    /// The network's weights; scales of norms, and all others packed.
    private struct Network {
        var weights: [Tensor] = []
        /// What the packed ones stand for.
        var plain: [Tensor] = []

        init(bits: Int) {
            let source = RandomSource(seed: 4)
            func matrix(_ outputs: Int, _ inputs: Int, _ bits: Int) {
                let own = (Tensor.normal([outputs, inputs], using: source) * 0.12).packed(
                    bits: bits
                )
                weights.append(own)
                plain.append(own.unpacked(inputs: inputs))
            }
            func scale(_ count: Int, _ middle: Double) {
                let own = Tensor.normal([count], using: source) * 0.1 + middle
                weights.append(own)
                plain.append(own)
            }
            let (width, hidden, codes) = (
                PackedStepTests.width, PackedStepTests.hidden, PackedStepTests.codes
            )
            for _ in 0..<PackedStepTests.layers {
                scale(width, 1)
                matrix(3 * width, width, bits)
                matrix(width, width, bits)
                scale(width, 1)
                matrix(hidden, width, bits)
                matrix(hidden, width, bits)
                matrix(width, hidden, bits)
            }
            scale(width, 1)
            matrix(width, width, 8)
            scale(width, 0)
            matrix(codes, width, 8)
            scale(codes, 0)
        }
    }

    private static func turns(_ place: Int) -> (cosines: Tensor, sines: Tensor) {
        let angles = (0..<head / 2).map { Double(place) * pow(100, -Double($0) / 32) }
        return (Tensor(angles.map { Float(cos($0)) }), Tensor(angles.map { Float(sin($0)) }))
    }

    /// Logits of some steps by the one call.
    private static func steps(_ weights: [Tensor], _ inputs: [Tensor]) -> [Tensor] {
        let shape = [inputs[0].size(0), heads, places, head]
        let keys = (0..<layers).map { _ in Tensor.zeros(shape) }
        let values = (0..<layers).map { _ in Tensor.zeros(shape) }
        return inputs.enumerated().map { place, input in
            let (cosines, sines) = turns(place)
            return input.transformerStep(
                weights: weights,
                keys: keys,
                values: values,
                cosines: cosines,
                sines: sines,
                place: place,
                epsilon: 1e-6
            )
        }
    }

    /// The same in operators; rows are rounded to so many parts of the largest of 64 numbers, or not.
    private static func reference(
        _ weights: [Tensor],
        _ inputs: [Tensor],
        digits: Double?
    ) -> [Tensor] {
        let count = inputs[0].size(0)
        var kept = [(keys: [Tensor], values: [Tensor])](repeating: ([], []), count: layers)
        func product(_ x: Tensor, _ weight: Tensor, _ digits: Double?) -> Tensor {
            var x = x
            if let digits {
                let groups = x.reshaped([count, x.size(1) / 64, 64])
                let peaks = groups.absolute().max(over: [2], keepingDimensions: true)
                x = ((groups / peaks * digits).rounded() / digits * peaks).reshaped(x.shape)
            }
            return x.multiplied(by: weight.transposed(0, 1))
        }
        func even(_ x: Tensor, _ scale: Tensor) -> Tensor {
            let mean = x.squared().mean(over: [1], keepingDimensions: true)
            return x * (mean + 1e-6).reciprocalSquareRoot() * scale
        }
        return inputs.enumerated().map { place, input in
            let (cosines, sines) = turns(place)
            func turned(_ x: Tensor) -> Tensor {
                let pairs = x.reshaped([count, heads, head / 2, 2])
                let (a, b) = (pairs.selected(0, along: 3), pairs.selected(1, along: 3))
                return Tensor.stacked([a * cosines - b * sines, a * sines + b * cosines], along: 3)
                    .reshaped([count, heads, head])
            }
            var x = input
            for layer in 0..<layers {
                let own = Array(weights[7 * layer..<7 * layer + 7])
                let parts = product(even(x, own[0]), own[1], digits)
                    .reshaped([count, 3 * heads, head]).split([heads, heads, heads], along: 1)
                kept[layer].keys.append(turned(parts[1]))
                kept[layer].values.append(parts[2])
                let keys = Tensor.stacked(kept[layer].keys, along: 2)
                let values = Tensor.stacked(kept[layer].values, along: 2)
                let scores =
                    (turned(parts[0]).unsqueezed(2) * keys).sum(over: [3])
                    / Double(head).squareRoot()
                let seen = (scores.softmax(along: 2).unsqueezed(3) * values).sum(over: [2])
                x = x + product(seen.reshaped([count, width]), own[2], digits)
                let normed = even(x, own[3])
                let inner =
                    product(normed, own[4], digits).silu() * product(normed, own[5], digits)
                x = x + product(inner, own[6], digits)
            }
            let end = Array(weights[(7 * layers)...])
            // The head has 8 bits, whatever the layers have.
            let long = digits.map { _ in 32512.0 }
            let middle = (product(even(x, end[0]), end[1], long) + end[2]).gelu()
            return product(middle, end[3], long) + end[4]
        }
    }

    private static func inputs(_ count: Int) -> [Tensor] {
        let source = RandomSource(seed: 6)
        return (0..<places).map { _ in Tensor.normal([count, width], using: source) }
    }

    @Test("logits are those of the weights that are stood for", arguments: [8, 4], [1, 2, 8, 11])
    func logits(bits: Int, rows: Int) {
        let network = Network(bits: bits)
        let inputs = Self.inputs(rows)
        let found = Self.steps(network.weights, inputs)
        func check(_ digits: Double?, _ limit: Double) {
            let wanted = Self.reference(network.plain, inputs, digits: digits)
            for (found, wanted) in zip(found, wanted) {
                let distance = (found - wanted).squared().sum().item().squareRoot()
                #expect(distance / wanted.squared().sum().item().squareRoot() < limit)
            }
        }
        if bits == 8 {
            check(32512, 1e-4)
            check(nil, 2e-4)
        } else {
            // A number between two digits may be rounded either way.
            check(127, 1e-2)
            check(nil, 5e-2)
        }
    }

    @Test("one thread and two give the same bits", arguments: [16, 8, 4])
    func threads(bits: Int) {
        let network = Network(bits: bits)
        let inputs = Self.inputs(8)
        let before = Machine.threads
        defer { Machine.threads = before }
        let found = [1, 2].map { count in
            Machine.threads = count
            return Self.steps(network.weights, inputs).map { $0.floats() }
        }
        #expect(found[0] == found[1])
        // Each row is the same beside any others.
        let alone = Self.steps(network.weights, inputs.map { $0.sliced(3..<4, along: 0) })
        let codes = Self.codes
        #expect(alone.map { $0.floats() } == found[0].map { Array($0[3 * codes..<4 * codes]) })
    }
}
