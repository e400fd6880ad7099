import Neural
import Torch

/// Draws the codes of a picture after a text, in the shape of Janus' published networks: a Llama that reads pieces of
/// text and codes, each through a table of its own, and tells codes.
///
/// Its weights are fixed. On the processor a place is one call for all layers, with weights packed for it.
///
/// Source: Chen et al., "Janus-Pro: unified multimodal understanding and generation with data and model scaling", 2025;
/// Touvron et al., "LLaMA", 2023.
public final class JanusTransformer {
    /// What the network is built from.
    public let settings: Settings
    /// The type of the heavy products.
    public let dtype: DType
    /// Where it draws.
    let device: Device
    private let text: PieceTable
    private let blocks: [Block]
    private let norm: Tensor
    private let codes: Tensor
    private let aligner: (first: Layer, second: Layer)
    private let head: (first: Layer, second: Layer)

    /// A layer with a bias, which is in float32.
    private struct Layer {
        let weight: HeavyWeight
        let bias: Tensor

        func callAsFunction(_ x: Tensor) -> Tensor { weight(x) + bias }
    }

    /// Weights of a layer of the transformer, in the order in which it needs them.
    private struct Block {
        let attentionNorm: Tensor
        let projection: HeavyWeight
        let output: HeavyWeight
        let denseNorm: Tensor
        let gate: HeavyWeight
        let inner: HeavyWeight
        let outer: HeavyWeight

        var all: [Tensor] {
            [
                attentionNorm, projection.tensor, output.tensor, denseNorm, gate.tensor,
                inner.tensor, outer.tensor,
            ]
        }
    }

    /// A network with the tensors that a function gives by the authors' names.
    init(
        _ settings: Settings,
        on device: Device,
        text: PieceTable,
        read: (String) throws -> Tensor
    ) throws {
        let dtype: DType = text.dtype == .float32 || text.dtype == .float64 ? .float32 : .bfloat16
        let packing = JanusPacking(settings)
        if settings.precision != .published, device.kind != .cpu {
            throw OtherWeightsError(
                "weights in \(settings.precision.rawValue) draw on the processor alone:"
                    + " name the model that they were made of, or leave --device out"
            )
        }
        func tensor(_ name: String, _ kind: DType = .float32) throws -> Tensor {
            try read(name).converted(to: kind).contiguous().moved(to: device)
        }
        func weight(_ name: String) throws -> HeavyWeight {
            if settings.precision != .published, packing.bits("\(name).weight") != nil {
                return .packed(try read("\(name).weight"))
            }
            let own = packing.arranged("\(name).weight", try tensor("\(name).weight", dtype))
            let isPacked = settings.isShort && device.kind == .cpu && dtype == .bfloat16
            return isPacked ? .packed(own.packed(bits: 16)) : .plain(own)
        }
        func layer(_ name: String) throws -> Layer {
            Layer(weight: try weight(name), bias: try tensor("\(name).bias"))
        }
        (self.settings, self.dtype, self.device, self.text) = (settings, dtype, device, text)
        blocks = try (0..<settings.layers).map { number in
            let name = "language_model.model.layers.\(number)"
            return Block(
                attentionNorm: try tensor("\(name).input_layernorm.weight"),
                projection: HeavyWeight(
                    of: try ["q", "k", "v"].map { try weight("\(name).self_attn.\($0)_proj") }
                ),
                output: try weight("\(name).self_attn.o_proj"),
                denseNorm: try tensor("\(name).post_attention_layernorm.weight"),
                gate: try weight("\(name).mlp.gate_proj"),
                inner: try weight("\(name).mlp.up_proj"),
                outer: try weight("\(name).mlp.down_proj")
            )
        }
        norm = try tensor("language_model.model.norm.weight")
        codes = try tensor("gen_embed.weight")
        aligner = (
            Layer(
                weight: .plain(try tensor("gen_aligner.layers.0.weight")),
                bias: try tensor("gen_aligner.layers.0.bias")
            ), try layer("gen_aligner.layers.2")
        )
        head = (try layer("gen_head.output_mlp_projector"), try layer("gen_head.vision_head"))
    }

    /// The vectors of codes, each computed alone, so that it is the same beside any other.
    ///
    /// Shape: N → N×width.
    private func vectors(_ codes: Tensor) -> Tensor {
        let rows = (0..<codes.size(0)).map { row in
            aligner.first(codes.sliced(row..<row + 1, along: 0).embedded(in: self.codes)).gelu()
        }
        // Packed weights give each row the same beside any other.
        guard !aligner.second.weight.isPacked else {
            return aligner.second(Tensor.concatenated(rows))
        }
        return Tensor.concatenated(rows.map { aligner.second($0) })
    }

    /// Logits of codes.
    ///
    /// Shape: N×width → N×codes.
    private func logits(_ x: Tensor) -> Tensor {
        head.second(head.first(x.evened(norm, settings.epsilon)).gelu())
    }

    /// All layers.
    ///
    /// - Parameters:
    ///   - input: N×places×width.
    ///   - places: Which places these are.
    ///   - rotary: Turns of queries and keys.
    ///   - remember: Takes keys and values of a layer, N×heads×places×head, and gives all that count.
    /// - Returns: N×places×width.
    private func pass(
        _ input: Tensor,
        at places: Range<Int>,
        _ rotary: RotaryPositions,
        remember: (Int, Tensor, Tensor) -> (keys: Tensor, values: Tensor)
    ) -> Tensor {
        let (count, length, width) = input.shape3
        let heads = settings.heads
        var x = input
        for (number, block) in blocks.enumerated() {
            let parts = x.evened(block.attentionNorm, settings.epsilon)
                .through(block.projection)
                .reshaped([count, length, 3 * heads, settings.head])
                .split([heads, heads, heads], along: 2)
            let known = remember(
                number,
                rotary(parts[1], at: places).transposed(1, 2),
                parts[2].transposed(1, 2)
            )
            let seen = Tensor.attention(
                query: rotary(parts[0], at: places).transposed(1, 2),
                key: known.keys,
                value: known.values,
                isCausal: length > 1
            )
            x =
                x
                + seen.transposed(1, 2).reshaped([count, length, width])
                .through(block.output)
            let even = x.evened(block.denseNorm, settings.epsilon)
            x =
                x
                + (even.through(block.gate).silu() * even.through(block.inner))
                .through(block.outer)
        }
        return x
    }

    /// Draws on codes one place at a time, keys and values being kept.
    final class Walk {
        private let network: JanusTransformer
        private let caches: [KeyValueCache]
        private let rotary: RotaryPositions
        private let isShort: Bool
        private let weights: [Tensor]
        private var place: Int

        /// Bytes of the weights that a step reads.
        var weightBytes: Int { weights.reduce(0) { $0 + $1.count * $1.dtype.byteCount } }

        /// Logits of the next place's code, rows×codes.
        private(set) var logits: Tensor

        /// A walk after texts of one length, a row each.
        init(_ network: JanusTransformer, after rows: [[Int]]) {
            self.network = network
            let settings = network.settings
            let length = rows.first?.count ?? 0
            place = length
            let rotary = RotaryPositions(
                line: length + settings.places,
                head: settings.head,
                base: settings.base
            )
            self.rotary = rotary
            let isShort = network.device.kind == .cpu && settings.isShort
            self.isShort = isShort
            let caches = (0..<settings.layers).map { _ in
                KeyValueCache(
                    pictures: rows.count,
                    heads: settings.heads,
                    places: length + settings.places,
                    head: settings.head,
                    dtype: isShort ? network.dtype : .float32,
                    device: network.device
                )
            }
            self.caches = caches
            weights =
                network.blocks.flatMap(\.all) + [
                    network.norm, network.head.first.weight.tensor, network.head.first.bias,
                    network.head.second.weight.tensor, network.head.second.bias,
                ]
            // Each text is read once and alone, whatever stands beside it.
            var found: [[Int]: (logits: Tensor, kept: [(keys: Tensor, values: Tensor)])] = [:]
            for row in rows where found[row] == nil {
                var kept: [(keys: Tensor, values: Tensor)] = []
                let vectors = network.text.rows(row).moved(to: network.device)
                    .converted(to: .float32).unsqueezed(0)
                let x = network.pass(vectors, at: 0..<length, rotary) { _, keys, values in
                    kept.append((keys, values))
                    return (keys, values)
                }
                let last = x.sliced(length - 1..<length, along: 1).squeezed(1)
                found[row] = (network.logits(last), kept)
            }
            let own = rows.compactMap { found[$0] }
            for (layer, cache) in caches.enumerated() {
                _ = cache.append(
                    Tensor.concatenated(own.map { $0.kept[layer].keys }),
                    Tensor.concatenated(own.map { $0.kept[layer].values })
                )
            }
            logits = Tensor.concatenated(own.map(\.logits))
        }

        /// Takes the codes of the next place, one for each row.
        func append(_ codes: Tensor, repeated times: Int) {
            let alone = network.vectors(codes)
            let vectors =
                times == 1
                ? alone : Tensor.concatenated([Tensor](repeating: alone, count: times))
            if isShort {
                logits = vectors.transformerStep(
                    weights: weights,
                    keys: caches.map(\.keys),
                    values: caches.map(\.values),
                    cosines: rotary.cosines.selected(place),
                    sines: rotary.sines.selected(place),
                    place: place,
                    epsilon: network.settings.epsilon
                )
                for cache in caches { cache.take() }
            } else {
                let x = network.pass(vectors.unsqueezed(1), at: place..<place + 1, rotary) {
                    [caches] in caches[$0].append($1, $2)
                }
                logits = network.logits(x.squeezed(1))
            }
            place += 1
        }
    }
}

extension Tensor {
    /// Rows times a weight.
    fileprivate func through(_ weight: HeavyWeight) -> Tensor { weight(self) }

    /// Rows divided by their root mean square.
    fileprivate func evened(_ scale: Tensor, _ epsilon: Double) -> Tensor {
        let mean = squared().mean(over: [rank - 1], keepingDimensions: true)
        return self * (mean + epsilon).reciprocalSquareRoot() * scale
    }
}
