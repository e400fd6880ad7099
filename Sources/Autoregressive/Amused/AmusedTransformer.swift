import Foundation
import Torch

/// Tells the codes of a picture of which some are unknown, all at once, after a text: a transformer amid blocks of maps,
/// in the shape of aMUSEd's published networks.
///
/// Its weights are fixed. Heavy products are in bfloat16 or float32, all else is in float32.
///
/// Source: Patil et al., "aMUSEd: an open MUSE reproduction", 2024; Hoogeboom et al., "simple diffusion", 2023, for the
/// shape; Chang et al., "Muse", 2023.
public final class AmusedTransformer {
    /// What the network is built from.
    public let settings: Settings
    /// The type of the heavy products.
    public let dtype: DType
    /// Where it draws.
    let device: Device
    private let table: Tensor
    private let tableNorm: PlaceNorm
    private let first: HeavyWeight
    private let text: (weight: HeavyWeight, norm: PlaceNorm)
    private let condition: (first: HeavyWeight, second: HeavyWeight)
    private let halving: (norm: PlaceNorm, kernel: Tensor)?
    private let before: [AmusedBlock]
    private let inward: (norm: PlaceNorm, weight: HeavyWeight)
    private let layers: [AmusedLayer]
    private let outward: (norm: PlaceNorm, weight: HeavyWeight)
    private let behind: [AmusedBlock]
    private let doubling: (norm: PlaceNorm, kernel: Tensor)?
    private let head: (first: HeavyWeight, norm: PlaceNorm, second: HeavyWeight)

    /// A network with the tensors that a function gives by their names.
    ///
    /// - Throws: What reading throws.
    init(
        _ settings: Settings,
        in dtype: DType,
        on device: Device,
        read: @escaping (String) throws -> Tensor
    ) throws {
        let parts = AmusedReader(settings, dtype, device, read)
        (self.settings, self.dtype, self.device) = (settings, dtype, device)
        table = try parts.tensor("embed.embeddings")
        tableNorm = try parts.norm("embed.layer_norm")
        first = try parts.heavy("embed.conv")
        text = (try parts.heavy("encoder_proj"), try parts.norm("encoder_proj_layer_norm"))
        condition = (
            try parts.heavy("cond_embed.linear_1"), try parts.heavy("cond_embed.linear_2")
        )
        halving = settings.isHalved ? try parts.sizing("down_block.downsample") : nil
        before = try (0..<settings.blocks).map { try parts.block("down_block", $0) }
        inward = (
            try parts.norm("project_to_hidden_norm"), try parts.heavy("project_to_hidden")
        )
        layers = try (0..<settings.layers).map { try parts.layer($0) }
        outward = (
            try parts.norm("project_from_hidden_norm"), try parts.heavy("project_from_hidden")
        )
        behind = try (0..<settings.blocks).map { try parts.block("up_block", $0) }
        doubling = settings.isHalved ? try parts.sizing("up_block.upsample") : nil
        head = (
            try parts.heavy("mlm_layer.conv1"), try parts.norm("mlm_layer.layer_norm"),
            try parts.heavy("mlm_layer.conv2")
        )
    }

    /// What texts make of the network, which is the same at all steps.
    package struct Prepared {
        let before: [AmusedBlock.Prepared]
        let layers: [AmusedLayer.Prepared]
        let behind: [AmusedBlock.Prepared]
        /// How many texts.
        let count: Int
    }

    /// What texts make of the network.
    ///
    /// - Parameters:
    ///   - states: What each place of the texts says, N×places×width.
    ///   - sums: What each text says, N×width.
    ///   - sides: Width and height that are told of the picture, in pixels.
    /// - Returns: For N pictures, or one after N texts.
    package func prepared(states: Tensor, sums: Tensor, sides: (Int, Int)) -> Prepared {
        let context = text.norm(text.weight(states))
        let condition = self.condition(sums, sides)
        return Prepared(
            before: before.map { $0.prepared(context, condition) },
            layers: layers.map { $0.prepared(context, condition) },
            behind: behind.map { $0.prepared(context, condition) },
            count: states.size(0)
        )
    }

    /// The texts' sums beside what is told of a picture: its size, that it was not cut out, and that it is liked.
    ///
    /// Shape: N×sum → N×width.
    package func condition(_ sums: Tensor, _ sides: (Int, Int)) -> Tensor {
        let half = settings.waves / 2
        let facts = [Float(sides.0), Float(sides.1), 0, 0, Self.liking].flatMap { fact in
            let angles = (0..<half).map { fact * expf(-logf(10_000) * Float($0) / Float(half)) }
            return angles.map(cosf) + angles.map(sinf)
        }
        let told = Tensor(facts, shape: [1, facts.count]).moved(to: device)
            .expanded([sums.size(0), facts.count])
        let inner = condition.first(Tensor.concatenated([sums, told], along: 1)).silu()
        return condition.second(inner)
    }

    /// How much the pictures are told to be liked, from 0 to 10: what the published program tells.
    private static let liking: Float = 6

    /// Logits of all codes, the marks of unknown ones among what is given.
    ///
    /// - Parameters:
    ///   - codes: N×places.
    ///   - prepared: For N texts.
    ///   - look: Told of maps and places on the way, by name.
    /// - Returns: N×places×codes.
    package func logits(
        _ codes: Tensor,
        _ prepared: Prepared,
        look: ((_ name: String, _ values: Tensor) -> Void)? = nil
    ) -> Tensor {
        let (count, side) = (codes.size(0), settings.side)
        var maps = first(tableNorm(codes.embedded(in: table)))
            .reshaped([count, side, side, settings.channels])
        look?("embedded", maps)
        if let halving {
            maps = halving.norm(maps).permuted([0, 3, 1, 2])
                .convolved(with: halving.kernel, stride: [2, 2], padding: [0, 0])
                .permuted([0, 2, 3, 1])
        }
        if let look, let block = before.first, let own = prepared.before.first {
            look("first_maps", block.residual(maps, own))
        }
        for (block, own) in zip(before, prepared.before) { maps = block(maps, own) }
        look?("down", maps)
        var places = inward.weight(inward.norm(maps.flattened(from: 1, to: 2)))
        for (number, layer) in layers.enumerated() {
            places = layer(places, prepared.layers[number])
            if number == 0 { look?("first_layer", places) }
        }
        maps = outward.weight(outward.norm(places)).reshaped(maps.shape)
        for (block, own) in zip(behind, prepared.behind) { maps = block(maps, own) }
        if let doubling {
            maps = doubling.norm(maps).permuted([0, 3, 1, 2])
                .transposeConvolved(with: doubling.kernel, stride: [2, 2], padding: [0, 0])
                .permuted([0, 2, 3, 1])
        }
        look?("up", maps)
        return head.second(head.norm(head.first(maps.flattened(from: 1, to: 2))))
    }
}

/// Reads the parts of an aMUSEd by the names of the diffusers library.
private struct AmusedReader {
    let settings: AmusedTransformer.Settings
    let dtype: DType
    let device: Device
    let read: (String) throws -> Tensor

    init(
        _ settings: AmusedTransformer.Settings,
        _ dtype: DType,
        _ device: Device,
        _ read: @escaping (String) throws -> Tensor
    ) {
        (self.settings, self.dtype, self.device, self.read) = (settings, dtype, device, read)
    }

    func tensor(_ name: String) throws -> Tensor {
        try read("\(name).weight").converted(to: .float32).contiguous().moved(to: device)
    }

    func norm(_ name: String, _ epsilon: Double? = nil) throws -> PlaceNorm {
        PlaceNorm(scale: try tensor(name), epsilon: epsilon ?? settings.epsilon)
    }

    /// A layer, or a convolution with kernels of one pixel.
    func heavy(_ name: String) throws -> HeavyWeight {
        let found = try read("\(name).weight").converted(to: dtype).contiguous().moved(to: device)
        return .plain(found.flattened(from: 1))
    }

    func sizing(_ name: String) throws -> (norm: PlaceNorm, kernel: Tensor) {
        (try norm("\(name).norm"), try tensor("\(name).conv"))
    }

    func attention(_ name: String, _ heads: Int) throws -> PlainAttention {
        PlainAttention(
            query: try heavy("\(name).to_q"),
            key: try heavy("\(name).to_k"),
            value: try heavy("\(name).to_v"),
            output: try heavy("\(name).to_out.0"),
            heads: heads
        )
    }

    func block(_ side: String, _ number: Int) throws -> AmusedBlock {
        let maps = "\(side).res_blocks.\(number)"
        let looks = "\(side).attention_blocks.\(number)"
        func bare(_ name: String) throws -> Tensor {
            try read("\(maps).channelwise_norm.\(name)").converted(to: .float32).contiguous()
                .moved(to: device)
        }
        return AmusedBlock(
            depthwise: try tensor("\(maps).depthwise"),
            norm: try norm("\(maps).norm"),
            inner: try heavy("\(maps).channelwise_linear_1"),
            gain: try bare("gamma"),
            shift: try bare("beta"),
            outer: try heavy("\(maps).channelwise_linear_2"),
            change: try heavy("\(maps).cond_embeds_mapper"),
            mapper: settings.channels == settings.width ? nil : try heavy("\(looks).kv_mapper"),
            looks: try (1...2).map { look in
                (
                    // Whatever the configuration says, here the program adds 10⁻⁶.
                    try norm("\(looks).norm\(look)", 1e-6),
                    try attention("\(looks).attn\(look)", settings.blockHeads)
                )
            }
        )
    }

    func layer(_ number: Int) throws -> AmusedLayer {
        let name = "transformer_layers.\(number)"
        return AmusedLayer(
            norms: try (1...3).map { number in
                var norm = try norm("\(name).norm\(number).norm")
                norm.isCentred = number == 3
                return (norm, try heavy("\(name).norm\(number).linear"))
            },
            among: try attention("\(name).attn1", settings.heads),
            text: try attention("\(name).attn2", settings.heads),
            gate: try heavy("\(name).ff.net.0.proj"),
            outer: try heavy("\(name).ff.net.2")
        )
    }
}
