import Foundation
import Torch

/// The half of CLIP that reads texts: pieces see those before them, and the mark of the end sums all up.
///
/// Its weights are fixed, and in float32.
///
/// Source: Radford et al., "Learning transferable visual models from natural language supervision", 2021.
public final class CLIPText {
    /// What the network is built from.
    public let settings: Settings
    private let pieces: PieceTable
    private let places: Tensor
    private let blocks: [Block]
    private let norm: Layer
    private let projection: Tensor
    private let device: Device

    /// A weight and its bias.
    private struct Layer {
        let weight: Tensor
        let bias: Tensor

        func callAsFunction(_ x: Tensor) -> Tensor { x.linear(weight: weight, bias: bias) }

        func evened(_ x: Tensor, _ epsilon: Double) -> Tensor {
            x.layerNormalized([weight.size(0)], scale: weight, shift: bias, epsilon: epsilon)
        }
    }

    /// Attention to what comes before, and what each place makes of it.
    private struct Block {
        let norms: [Layer]
        let query: Layer
        let key: Layer
        let value: Layer
        let output: Layer
        let inner: Layer
        let outer: Layer
    }

    /// A network with the tensors that a function gives by their names.
    ///
    /// - Throws: What reading throws.
    init(
        _ settings: Settings,
        on device: Device,
        pieces: PieceTable,
        read: (String) throws -> Tensor
    ) throws {
        func tensor(_ name: String) throws -> Tensor {
            try read(name).converted(to: .float32).contiguous().moved(to: device)
        }
        func layer(_ name: String) throws -> Layer {
            Layer(weight: try tensor("\(name).weight"), bias: try tensor("\(name).bias"))
        }
        (self.settings, self.device, self.pieces) = (settings, device, pieces)
        places = try tensor("text_model.embeddings.position_embedding.weight")
        blocks = try (0..<settings.layers).map { number in
            let name = "text_model.encoder.layers.\(number)"
            return Block(
                norms: [try layer("\(name).layer_norm1"), try layer("\(name).layer_norm2")],
                query: try layer("\(name).self_attn.q_proj"),
                key: try layer("\(name).self_attn.k_proj"),
                value: try layer("\(name).self_attn.v_proj"),
                output: try layer("\(name).self_attn.out_proj"),
                inner: try layer("\(name).mlp.fc1"),
                outer: try layer("\(name).mlp.fc2")
            )
        }
        norm = try layer("text_model.final_layer_norm")
        projection = try tensor("text_projection.weight")
    }

    /// What a text says.
    ///
    /// - Parameter numbers: As many pieces as the network has places, the mark of the end among them.
    /// - Returns: What the last layer but one makes of each place, 1×places×width, and the sum of all, 1×output.
    public func callAsFunction(_ numbers: [Int]) -> (states: Tensor, sum: Tensor) {
        withoutGradients {
            let vectors = pieces.rows(numbers).converted(to: .float32).moved(to: device)
            var x =
                (vectors + places.sliced(0..<numbers.count, along: 0)).unsqueezed(0)
            var last = x
            for block in blocks {
                last = x
                x = pass(x, block)
            }
            let end =
                settings.end == 2
                ? numbers.indices.max { numbers[$0] < numbers[$1] }
                : numbers.firstIndex(of: settings.end)
            let place = end ?? 0
            let found = norm.evened(x, settings.epsilon)
                .sliced(place..<place + 1, along: 1).squeezed(1)
            return (last, found.linear(weight: projection))
        }
    }

    private func pass(_ x: Tensor, _ block: Block) -> Tensor {
        let (count, length, width) = x.shape3
        let heads = settings.heads
        func parted(_ x: Tensor) -> Tensor {
            x.reshaped([count, length, heads, width / heads]).transposed(1, 2)
        }
        let even = block.norms[0].evened(x, settings.epsilon)
        let seen = Tensor.attention(
            query: parted(block.query(even)),
            key: parted(block.key(even)),
            value: parted(block.value(even)),
            isCausal: true
        )
        let y = x + block.output(seen.transposed(1, 2).reshaped([count, length, width]))
        let inner = block.inner(block.norms[1].evened(y, settings.epsilon))
        let active = settings.isQuick ? inner * (inner * 1.702).sigmoid() : inner.gelu()
        return y + block.outer(active)
    }
}

extension CLIPText {
    /// What the network is built from.
    public struct Settings: Sendable, Equatable {
        /// Pieces of text.
        public var pieces: Int
        /// Places of a text, its marks among them.
        public var places: Int
        /// Numbers of a place.
        public var width: Int
        /// Numbers inside a layer.
        public var hidden: Int
        /// How many layers there are.
        public var layers: Int
        /// Heads of attention.
        public var heads: Int
        /// Numbers of the sum.
        public var output: Int
        /// What norms add to the variance.
        public var epsilon: Double
        /// Whether x·σ(1.702 x) takes the place of the Gauss function.
        public var isQuick: Bool
        /// The piece that sums up; 2 means the one with the largest number, as older files say it.
        public var end: Int

        /// Reads the `config.json` of a text encoder of the transformers library.
        ///
        /// - Throws: `OtherWeightsError` for another network.
        init(_ configuration: Data) throws(OtherWeightsError) {
            let all = try PublishedSettings(configuration, place: "text_encoder/config.json")
            pieces = try all.whole("vocab_size", usual: 49_408, in: 1...4_194_304)
            places = try all.whole("max_position_embeddings", usual: 77, in: 3...4096)
            width = try all.whole("hidden_size", usual: 512)
            hidden = try all.whole("intermediate_size", usual: 2048)
            layers = try all.whole("num_hidden_layers", usual: 12, in: 2...256)
            heads = try all.whole("num_attention_heads", usual: 8)
            output = try all.whole("projection_dim", usual: 512)
            epsilon = try all.positive("layer_norm_eps", usual: 1e-5)
            let known = ["quick_gelu", "gelu"]
            isQuick = try all.word("hidden_act", usual: known[0], of: known) == known[0]
            end = try all.whole("eos_token_id", usual: 49_407, in: 0...4_194_304)
            guard width.isMultiple(of: heads) else {
                throw all.wrong("num_attention_heads", "a divisor of \(width)")
            }
        }

        /// All tensors and their shapes.
        var shapes: [String: [Int]] {
            var found = [
                "text_model.embeddings.token_embedding.weight": [pieces, width],
                "text_model.embeddings.position_embedding.weight": [places, width],
                "text_projection.weight": [output, width],
            ]
            func layer(_ name: String, _ shape: [Int]) {
                found["\(name).weight"] = shape
                found["\(name).bias"] = [shape[0]]
            }
            layer("text_model.final_layer_norm", [width])
            for number in 0..<layers {
                let name = "text_model.encoder.layers.\(number)"
                for part in ["q_proj", "k_proj", "v_proj", "out_proj"] {
                    layer("\(name).self_attn.\(part)", [width, width])
                }
                for norm in 1...2 { layer("\(name).layer_norm\(norm)", [width]) }
                layer("\(name).mlp.fc1", [hidden, width])
                layer("\(name).mlp.fc2", [width, hidden])
            }
            return found
        }
    }
}
