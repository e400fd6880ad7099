import Foundation
import Neural
import Torch

/// The two networks of a published Janus, found by their names in a folder of weights: what draws codes, and what
/// makes pictures of them.
public struct JanusWeights {
    /// What the transformer is built from.
    public let settings: JanusTransformer.Settings
    let names: [String: String]
    let shapes: [String: [Int]]
    let origin: String

    /// Looks for both, and compares names and shapes with those that they must have.
    ///
    /// - Parameters:
    ///   - configuration: The `config.json`.
    ///   - found: Shapes of all tensors by name, the authors' or the transformers library's.
    ///   - origin: What errors call the place.
    /// - Throws: `OtherWeightsError`, `StateMismatch` with everything that differs.
    public init(configuration: Data, shapes found: [String: [Int]], origin: String) throws {
        var names: [String: String] = [:]
        for name in found.keys {
            guard let original = JanusNames.original(of: name) else { continue }
            names[original] = name
        }
        shapes = names.compactMapValues { found[$0] }
        (self.names, self.origin) = (names, origin)
        settings = try JanusTransformer.Settings(configuration, shapes: shapes)
        func outlines(_ shapes: [String: [Int]]) -> [String: TensorOutline] {
            shapes.mapValues { TensorOutline(shape: $0, dtype: .float32) }
        }
        try StateMismatch.check(
            outlines(shapes.filter { !$0.key.hasPrefix(JanusNames.tokenizer) }),
            against: outlines(settings.shapes),
            origin: origin
        )
    }

    /// What draws codes.
    ///
    /// - Parameters:
    ///   - device: Where it draws.
    ///   - table: Gives a table that stays in its file; nothing where none can.
    ///   - read: Gives a tensor by its name in the folder.
    /// - Returns: In bfloat16 where the weights are in 16 bits, else in float32.
    /// - Throws: What reading throws.
    public func transformer(
        on device: Device,
        table: (String) -> StoredTable? = { _ in nil },
        read: (String) throws -> Tensor
    ) throws -> JanusTransformer {
        func name(_ original: String) -> String { names[original] ?? original }
        let pieces = name(JanusNames.pieces)
        return try JanusTransformer(
            settings,
            on: device,
            text: try table(pieces).map(PieceTable.stored) ?? .kept(read(pieces))
        ) { try read(name($0)) }
    }

    /// What makes pictures of codes, and codes of pictures.
    ///
    /// - Throws: What reading throws, `OtherWeightsError`, `StateMismatch`.
    public func tokenizer(read: (String) throws -> Tensor) throws -> VQGAN {
        let own = try tokenizerSettings()
        let prefix = JanusNames.tokenizer
        var tensors: [String: Tensor] = [:]
        for (original, name) in names where original.hasPrefix(prefix) {
            tensors[String(original.dropFirst(prefix.count))] = try read(name)
        }
        return try VQGAN.loaded(tensors, of: .llamaGen, own, origin: origin)
    }

    /// What the shapes tell of the picture's tokenizer.
    func tokenizerSettings() throws(OtherWeightsError) -> VQGAN.Settings {
        func shape(_ name: String, _ rank: Int = 4) throws(OtherWeightsError) -> [Int] {
            let name = JanusNames.tokenizer + name
            guard let shape = shapes[name], shape.count == rank, shape.allSatisfy({ $0 > 0 }) else {
                throw OtherWeightsError(
                    "\(origin): the tensor \(name) is expected, and is not there"
                )
            }
            return shape
        }
        func count(_ name: (Int) -> String) -> Int {
            (0..<64).first { shapes[JanusNames.tokenizer + name($0)] == nil } ?? 64
        }
        let first = try shape("encoder.conv_in.weight")
        var settings = VQGAN.Settings()
        (settings.width, settings.channels) = (first[0], first[1])
        settings.blocks = count { "encoder.conv_blocks.0.res.\($0).conv1.weight" }
        let levels = count { "encoder.conv_blocks.\($0).res.0.conv1.weight" }
        settings.multiples = try (0..<levels).map { (level) throws(OtherWeightsError) in
            try shape("encoder.conv_blocks.\(level).res.0.conv1.weight")[0] / first[0]
        }
        settings.attention = (0..<levels).filter {
            shapes["\(JanusNames.tokenizer)encoder.conv_blocks.\($0).attn.0.q.weight"] != nil
        }
        settings.depth = try shape("quant_conv.weight")[1]
        let book = try shape("quantize.embedding.weight", 2)
        (settings.codes, settings.size, settings.choice) = (book[0], book[1], .direction)
        let problems = settings.problems
        guard problems.isEmpty, settings.codes == self.settings.codes else {
            throw OtherWeightsError(
                "\(origin): its pictures' tokenizer with \(settings.codes) codes cannot be built:"
                    + " \(problems.isEmpty ? "the transformer has \(self.settings.codes)" : problems.joined(separator: "; "))"
            )
        }
        return settings
    }
}
