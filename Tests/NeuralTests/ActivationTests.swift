import Foundation
import Neural
import TestSupport
import Testing
import Torch

@Suite struct ActivationTests {
    private static let all: [(Activation, @Sendable (Double) -> Double)] = [
        (.identity, { $0 }), (.relu, { max($0, 0) }),
        (.leakyRelu(slope: 0.2), { $0 < 0 ? 0.2 * $0 : $0 }),
        (.elu(), { $0 < 0 ? exp($0) - 1 : $0 }),
        (.elu(alpha: 2), { $0 < 0 ? 2 * exp($0) - 2 : $0 }),
        (.silu, { $0 / (1 + exp(-$0)) }), (.gelu, { $0 * 0.5 * erfc(-$0 / 2.0.squareRoot()) }),
        (.tanh, { Foundation.tanh($0) }), (.sigmoid, { 1 / (1 + exp(-$0)) }),
        (.softplus, { log1p(exp($0)) }),
    ]

    @Test(arguments: all.indices)
    func valuesShapesAndFiles(_ place: Int) throws {
        let (activation, function) = Self.all[place]
        let numbers = [-2.5, -1, -0.25, 0, 0.25, 3]
        let output = activation(Tensor(numbers, shape: [2, 1, 3]))
        #expect(output.shape == [2, 1, 3])
        #expect(mismatch(output.doubles(), numbers.map(function), tolerance: 1e-12) == nil)
        let data = try JSONEncoder().encode(activation)
        #expect(try JSONDecoder().decode(Activation.self, from: data) == activation)
    }
}
