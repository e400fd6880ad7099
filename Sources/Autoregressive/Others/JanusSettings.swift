import Foundation
import Torch

extension JanusTransformer {
    /// What the networks of a published Janus are built from.
    public struct Settings: Sendable, Equatable {
        /// Pieces of text.
        public var pieces: Int
        /// Numbers of a place.
        public var width: Int
        /// Numbers inside the gated layers.
        public var hidden: Int
        /// How many layers there are.
        public var layers: Int
        /// Heads of attention.
        public var heads: Int
        /// Codes of pictures.
        public var codes: Int
        /// Numbers that a code is kept in.
        public var codeWidth: Int
        /// Rows and columns of codes.
        public var side: Int
        /// What norms add to the mean square.
        public var epsilon: Double
        /// How much slower the last pair of a head turns than the first.
        public var base: Double
        /// What the heavy weights are kept in.
        public var precision: JanusPrecision

        /// Codes of a picture.
        public var places: Int { side * side }

        /// Numbers of a head.
        public var head: Int { width / heads }

        /// Whether a place can be one call on the processor.
        var isShort: Bool {
            [head, width, hidden, codes].allSatisfy { $0.isMultiple(of: 16) }
        }
    }
}

extension JanusTransformer.Settings {
    /// Reads a `config.json` of the authors, or of the transformers library, beside the tensors' shapes.
    ///
    /// What a configuration leaves out has the usual value of a Llama.
    ///
    /// - Parameters:
    ///   - configuration: JSON.
    ///   - shapes: Shapes by the authors' names.
    /// - Throws: `OtherWeightsError` for another network, or another kind of this one.
    init(
        _ configuration: Data,
        shapes: [String: [Int]]
    ) throws(OtherWeightsError) {
        let all = try? JSONSerialization.jsonObject(with: configuration) as? [String: Any]
        guard let text = (all?["language_config"] ?? all?["text_config"]) as? [String: Any] else {
            throw OtherWeightsError(
                "config.json describes no Janus: expected language_config or text_config"
            )
        }
        func shape(_ name: String) throws(OtherWeightsError) -> (Int, Int) {
            guard let shape = shapes[name], shape.count == 2, shape[0] > 0, shape[1] > 0 else {
                throw OtherWeightsError(
                    "the tensor \(name) with two dimensions is expected: this is no Janus"
                )
            }
            return (shape[0], shape[1])
        }
        (pieces, width) = try shape("language_model.model.embed_tokens.weight")
        precision = try JanusPrecision(configuration: all)
        let gate = "language_model.model.layers.0.mlp.gate_proj.weight"
        switch precision {
        case .published: hidden = try shape(gate).0
        // Tiles of sixteen outputs.
        case .int8, .int4:
            let tiles = shapes[gate]?.first ?? 0
            guard (1...1 << 24).contains(tiles) else {
                throw OtherWeightsError("the tensor \(gate) has \(tiles) tiles: this is no Janus")
            }
            hidden = 16 * tiles
        }
        (codes, codeWidth) = try shape("gen_embed.weight")
        layers = text["num_hidden_layers"] as? Int ?? 32
        heads = text["num_attention_heads"] as? Int ?? 32
        epsilon = text["rms_norm_eps"] as? Double ?? 1e-6
        let turns = text["rope_parameters"] as? [String: Any]
        base = (turns?["rope_theta"] ?? text["rope_theta"]) as? Double ?? 10_000
        let places = (all?["vq_config"] as? [String: Any])?["num_patches"] as? Int
        side = places ?? 24
        guard (1...1024).contains(layers), (1...1024).contains(heads),
            width.isMultiple(of: 2 * heads),
            (1...1024).contains(side), epsilon > 0, base > 0
        else {
            throw OtherWeightsError(
                "config.json has \(layers) layers, \(heads) heads for \(width) numbers, \(side) rows of codes,"
                    + " eps \(epsilon), theta \(base): such a network cannot be built"
            )
        }
        try Self.check(text, turns, heads: heads, head: head)
    }

    /// Refuses what would compute otherwise.
    private static func check(
        _ text: [String: Any],
        _ turns: [String: Any]?,
        heads: Int,
        head: Int
    ) throws(OtherWeightsError) {
        func check(_ key: String, _ found: Any?, _ expected: String) throws(OtherWeightsError) {
            guard let found, !(found is NSNull), "\(found)" != expected else { return }
            throw OtherWeightsError("config.json has \(key) \(found): expected \(expected)")
        }
        try check("num_key_value_heads", text["num_key_value_heads"], "\(heads)")
        try check("head_dim", text["head_dim"], "\(head)")
        try check("hidden_act", text["hidden_act"], "silu")
        try check("rope_type", turns?["rope_type"], "default")
        if let scaling = text["rope_scaling"], !(scaling is NSNull) {
            throw OtherWeightsError("config.json has rope_scaling: expected none")
        }
        for key in ["attention_bias", "mlp_bias"] where text[key] as? Bool == true {
            throw OtherWeightsError("config.json has \(key): expected none")
        }
    }

    /// Shapes of the transformer's tensors by the authors' names, as they are kept.
    var shapes: [String: [Int]] {
        let packing = JanusPacking(self)
        var shapes = plainShapes
        for (name, shape) in shapes {
            guard let bits = packing.bits(name) else { continue }
            shapes[name] = Tensor.packedOutline(shape, bits: bits)?.shape
        }
        return shapes
    }

    /// Shapes of the transformer's tensors by the authors' names, as they are published.
    var plainShapes: [String: [Int]] {
        var shapes = [
            "language_model.model.embed_tokens.weight": [pieces, width],
            "language_model.model.norm.weight": [width], "gen_embed.weight": [codes, codeWidth],
            "gen_aligner.layers.0.weight": [width, codeWidth],
            "gen_aligner.layers.0.bias": [width], "gen_aligner.layers.2.weight": [width, width],
            "gen_aligner.layers.2.bias": [width],
            "gen_head.output_mlp_projector.weight": [width, width],
            "gen_head.output_mlp_projector.bias": [width],
            "gen_head.vision_head.weight": [codes, width], "gen_head.vision_head.bias": [codes],
        ]
        for layer in 0..<layers {
            let name = "language_model.model.layers.\(layer)"
            for part in ["q", "k", "v", "o"] {
                shapes["\(name).self_attn.\(part)_proj.weight"] = [width, width]
            }
            for part in ["gate", "up"] {
                shapes["\(name).mlp.\(part)_proj.weight"] = [hidden, width]
            }
            shapes["\(name).mlp.down_proj.weight"] = [width, hidden]
            shapes["\(name).input_layernorm.weight"] = [width]
            shapes["\(name).post_attention_layernorm.weight"] = [width]
        }
        return shapes
    }
}
