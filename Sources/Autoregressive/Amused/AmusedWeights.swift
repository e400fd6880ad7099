import Foundation
import Neural
import Torch

/// The three networks of a published aMUSEd, found in the folders of the diffusers library: what reads texts, what
/// draws codes, and what makes pictures of them.
public struct AmusedWeights {
    /// What the transformer is built from.
    public let settings: AmusedTransformer.Settings
    /// What the text's reader is built from.
    public let text: CLIPText.Settings
    /// What the picture's tokenizer is built from.
    public let picture: VQGAN.Settings
    private let shapes: [String: [Int]]
    private let origin: String

    private static let pieces = "text_model.embeddings.token_embedding.weight"

    /// Looks for all three, and compares names and shapes with those that they must have.
    ///
    /// - Parameters:
    ///   - configuration: Gives a small file by its path in the folder.
    ///   - found: Shapes of all tensors by name, each with its folder before it.
    ///   - origin: What errors call the place.
    /// - Throws: `OtherWeightsError`, `StateMismatch` with everything that differs, what reading throws.
    public init(
        configuration: (String) throws -> Data,
        shapes found: [String: [Int]],
        origin: String
    ) throws {
        self.origin = origin
        // Older programs wrote down that places are numbered.
        shapes = found.filter { !$0.key.hasSuffix(".position_ids") }
        settings = try AmusedTransformer.Settings(
            configuration("transformer/config.json"),
            schedule: configuration("scheduler/scheduler_config.json")
        )
        text = try CLIPText.Settings(configuration("text_encoder/config.json"))
        picture = try VQGAN.Settings(diffusers: configuration("vqvae/config.json"))
        for (isRight, what) in [
            (text.width == settings.textWidth, "texts of \(text.width) numbers a place"),
            (text.output == settings.sumWidth, "texts' sums of \(text.output) numbers"),
            (picture.codes == settings.codes, "pictures of \(picture.codes) codes"),
        ] where !isRight {
            throw OtherWeightsError(
                "\(origin): its networks do not fit together: \(what), but the transformer takes"
                    + " \(settings.textWidth), \(settings.sumWidth) and \(settings.codes)"
            )
        }
        func outlines(_ shapes: [String: [Int]]) -> [String: TensorOutline] {
            shapes.mapValues { TensorOutline(shape: $0, dtype: .float32) }
        }
        try StateMismatch.check(
            outlines(shapes),
            against: outlines(expectedShapes),
            origin: origin
        )
    }

    /// All tensors that there must be, each with its folder before its name.
    var expectedShapes: [String: [Int]] {
        var all: [String: [Int]] = [:]
        for (folder, shapes) in [
            ("transformer", settings.shapes), ("text_encoder", text.shapes),
            ("vqvae", picture.diffusersShapes),
        ] {
            for (name, shape) in shapes { all["\(folder)/\(name)"] = shape }
        }
        return all
    }

    /// What draws codes.
    ///
    /// - Parameters:
    ///   - device: Where it draws.
    ///   - dtype: The type of heavy products; nothing for bfloat16 where the weights are in 16 bits and this machine
    ///     multiplies such numbers itself, else float32.
    ///   - read: Gives a tensor by its name in the folder.
    /// - Returns: The network, in use.
    /// - Throws: What reading throws.
    public func transformer(
        on device: Device,
        in dtype: DType? = nil,
        read: @escaping (String) throws -> Tensor
    ) throws -> AmusedTransformer {
        let name = "transformer/embed.embeddings.weight"
        let isShort = try read(name).dtype.byteCount <= 2
        let usual = Self.heavy(isShort: isShort, on: device)
        return try AmusedTransformer(settings, in: dtype ?? usual, on: device) {
            try read("transformer/\($0)")
        }
    }

    /// The type of heavy products.
    static func heavy(isShort: Bool, on device: Device) -> DType {
        isShort && (device.kind != .cpu || Machine.hasBFloat16) ? .bfloat16 : .float32
    }

    /// What reads texts.
    ///
    /// - Parameters:
    ///   - device: Where it reads.
    ///   - table: Gives a table that stays in its file; nothing where none can.
    ///   - read: Gives a tensor by its name in the folder.
    /// - Returns: The network, in use.
    /// - Throws: What reading throws.
    public func reader(
        on device: Device,
        table: (String) -> StoredTable? = { _ in nil },
        read: (String) throws -> Tensor
    ) throws -> CLIPText {
        let pieces = "text_encoder/\(Self.pieces)"
        return try CLIPText(
            text,
            on: device,
            pieces: try table(pieces).map(PieceTable.stored) ?? .kept(read(pieces))
        ) { try read("text_encoder/\($0)") }
    }

    /// What makes pictures of codes, and codes of pictures; its pictures are from 0 to 1.
    ///
    /// - Throws: What reading throws, `StateMismatch`.
    public func tokenizer(read: (String) throws -> Tensor) throws -> VQGAN {
        var tensors: [String: Tensor] = [:]
        for name in picture.diffusersShapes.keys { tensors[name] = try read("vqvae/\(name)") }
        return try VQGAN.loaded(tensors, of: .diffusers, picture, origin: origin)
    }

    /// About how many bytes of memory drawing takes: weights, what a picture takes on its way, and the program itself.
    ///
    /// - Parameters:
    ///   - isShort: Whether what was published is in 16 bits.
    ///   - device: Where it draws.
    /// - Returns: The bytes.
    public func memory(isShort: Bool = true, on device: Device = .cpu) -> Int {
        func numbers(_ shapes: [String: [Int]]) -> Int {
            shapes.values.reduce(0) { $0 + $1.reduce(1, *) }
        }
        let heavy = numbers(settings.shapes) * Self.heavy(isShort: isShort, on: device).byteCount
        let texts = numbers(text.shapes) - text.pieces * text.width
        let light = 4 * (texts + numbers(picture.diffusersShapes))
        let side = settings.side * picture.factor
        let weights = heavy + heavy * Self.loading / 100 + light
        return Self.program + weights + side * side * Self.pixelBytes
    }

    /// What the program and its libraries take.
    private static let program = 650_000_000
    /// How much of the heavy weights loading takes again, in per cent: what it frees in pieces is not all used anew.
    private static let loading = 30
    /// What the decoder takes for a pixel while it draws.
    private static let pixelBytes = 4700
}

extension VQGAN.Settings {
    /// Reads the `config.json` of a VQModel of the diffusers library.
    ///
    /// - Throws: `OtherWeightsError` for one of a kind that is not known here.
    init(diffusers configuration: Data) throws(OtherWeightsError) {
        let all = try PublishedSettings(configuration, place: "vqvae/config.json")
        self.init()
        try all.expect("mid_block_add_attention", false, usual: true)
        try all.expect("lookup_from_codebook", true, usual: false)
        _ = try all.word("act_fn", usual: "silu", of: ["silu"])
        _ = try all.word("norm_type", usual: "group", of: ["group"])
        channels = try all.whole("in_channels", usual: 3, in: 3...3)
        _ = try all.whole("out_channels", usual: 3, in: 3...3)
        let widths = try all.wholes("block_out_channels", in: 1...65_536)
        width = widths[0]
        guard widths.allSatisfy({ $0.isMultiple(of: widths[0]) }) else {
            throw all.wrong("block_out_channels", "multiples of the first")
        }
        multiples = widths.map { $0 / widths[0] }
        blocks = try all.whole("layers_per_block", usual: 1, in: 1...64)
        depth = try all.whole("latent_channels", usual: 3)
        codes = try all.whole("num_vq_embeddings", usual: 256, in: 1...4_194_304)
        size = try all.whole("vq_embed_dim", usual: depth)
        groups = try all.whole("norm_num_groups", usual: 32, in: 1...1024)
        (attention, hasMiddleAttention, choice) = ([], false, .nearest)
        let problems = problems
        guard problems.isEmpty else {
            throw OtherWeightsError("vqvae/config.json: \(problems.joined(separator: "; "))")
        }
    }
}
