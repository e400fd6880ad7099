import Neural
import TestSupport
import Testing
import Torch

/// Attention among the places of a map, by loops.
@Suite("Self-attention") struct SelfAttention2DTests {
    @Test("each place takes what the others offer, by how well they fit")
    func byLoops() throws {
        let layer = SelfAttention2D(8, using: RandomSource(seed: 1))
        layer.convert(to: .float64)
        let map = Tensor.normal([1, 8, 2, 4], dtype: .float64, using: RandomSource(seed: 2))
        #expect(layer(map).doubles() == map.doubles())
        var state = Dictionary(uniqueKeysWithValues: layer.state().map { ($0.name, $0.tensor) })
        state["share"] = Tensor(0.5, dtype: .float64)
        try layer.load(state: state)
        func weights(_ name: String) -> [Double] { state["\(name).weight"]?.doubles() ?? [] }
        /// A 1×1 convolution: outputs, then places.
        func made(_ name: String, _ input: [[Double]]) -> [[Double]] {
            let weights = weights(name)
            let inputs = input.count
            return (0..<weights.count / inputs).map { output in
                input[0].indices.map { place in
                    (0..<inputs).reduce(0.0) {
                        $0 + weights[output * inputs + $1] * input[$1][place]
                    }
                }
            }
        }
        /// The largest of each four neighbours in two rows of four.
        func pooled(_ rows: [[Double]]) -> [[Double]] {
            rows.map { row in [0, 2].map { max(row[$0], row[$0 + 1], row[$0 + 4], row[$0 + 5]) } }
        }
        let numbers = map.doubles()
        let input = (0..<8).map { Array(numbers[$0 * 8..<$0 * 8 + 8]) }
        let query = made("query", input)
        let (key, value) = (pooled(made("key", input)), pooled(made("value", input)))
        let seen = (0..<8).map { place in
            let fits = (0..<2).map { query[0][place] * key[0][$0] }.map {
                Tensor($0, dtype: .float64).exp().item()
            }
            return value.map { ($0[0] * fits[0] + $0[1] * fits[1]) / (fits[0] + fits[1]) }
        }
        let columns = (0..<4).map { channel in seen.map { $0[channel] } }
        let added = made("last", columns)
        let wanted = (0..<8).flatMap { channel in
            (0..<8).map { input[channel][$0] + 0.5 * added[channel][$0] }
        }
        #expect(mismatch(layer(map).doubles(), wanted, tolerance: 1e-10) == nil)
    }
}
