import Foundation
import Torch

/// A published transformer over codes and the tokenizer of its pictures, in one file: LlamaGen's, after classes.
///
/// `atelier models add TRANSFORMER --tokenizer TOKENIZER` makes such a file of both checkpoints.
public struct OtherPair {
    /// The family that such a file names.
    public static let family = "llamagen"

    /// What draws the codes.
    public let transformer: OtherWeights
    /// What makes pictures of them.
    public let tokenizer: OtherWeights

    private struct Original: Codable {
        var family: String
        var network: String
        /// What each network was built with, as its own file would say it.
        var transformer: String
        var tokenizer: String
    }

    /// The parts, by what their tensors' names begin with.
    private enum Part: String {
        case transformer, tokenizer
    }

    /// Puts two networks together.
    ///
    /// - Parameters:
    ///   - transformer: What draws codes.
    ///   - tokenizer: What makes pictures of them.
    ///   - origin: What errors call them: a path.
    /// - Throws: `OtherWeightsError` for networks of other kinds, and for other numbers of codes.
    public init(
        _ transformer: OtherWeights,
        _ tokenizer: OtherWeights,
        origin: String
    ) throws(OtherWeightsError) {
        guard case .transformer(let drawing) = transformer.network else {
            throw OtherWeightsError("\(origin) holds a tokenizer: expected a transformer of codes")
        }
        guard case .tokenizer(let coding, _) = tokenizer.network else {
            throw OtherWeightsError(
                "the tokenizer of \(origin) is a transformer: expected a VQGAN, such as"
                    + " vq_ds16_c2i.pt"
            )
        }
        guard drawing.codes == coding.codes else {
            throw OtherWeightsError(
                "\(origin) draws \(drawing.codes) codes, its tokenizer has \(coding.codes): expected"
                    + " the tokenizer that it was taught with"
            )
        }
        guard drawing.side <= 4096 / coding.factor else {
            throw OtherWeightsError(
                "\(origin) draws \(drawing.side)×\(drawing.side) codes of \(coding.factor)×"
                    + "\(coding.factor) pixels: expected pictures of 4096 pixels a side at most"
            )
        }
        (self.transformer, self.tokenizer) = (transformer, tokenizer)
    }

    /// Whether a file's texts say that it holds such a pair.
    public static func isOne(_ metadata: [String: String]) -> Bool {
        original(metadata)?.family == family
    }

    private static func original(_ metadata: [String: String]) -> Original? {
        metadata[OtherWeights.key].flatMap {
            try? JSONDecoder().decode(Original.self, from: Data($0.utf8))
        }
    }

    /// Reads a file that `write(source:to:)` has written.
    ///
    /// - Throws: `OtherWeightsError`, `TorchError`.
    public init(reading file: URL) throws {
        let (tensors, metadata) = try Safetensors.read(from: file)
        guard let original = Self.original(metadata) else {
            throw OtherWeightsError("\(file.path) does not say which two networks it holds")
        }
        func part(_ part: Part, _ json: String) throws(OtherWeightsError) -> OtherWeights {
            let mark = part.rawValue + "."
            let own = tensors.filter { $0.key.hasPrefix(mark) }
                .map { (String($0.key.dropFirst(mark.count)), $0.value) }
            return try OtherWeights(
                tensors: Dictionary(uniqueKeysWithValues: own),
                metadata: [OtherWeights.key: json],
                origin: file.path
            )
        }
        try self.init(
            part(.transformer, original.transformer),
            part(.tokenizer, original.tokenizer),
            origin: file.path
        )
    }

    /// Writes both networks into one file, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - source: What is kept of where they came from.
    ///   - file: The file.
    /// - Throws: `TorchError` for a file that cannot be written.
    public func write(source: String, to file: URL) throws {
        let original = Original(
            family: Self.family,
            network: "classes to picture",
            transformer: transformer.original,
            tokenizer: tokenizer.original
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let parts = [(Part.transformer, transformer), (.tokenizer, tokenizer)]
        try Safetensors.write(
            parts.flatMap { part, weights in
                weights.tensors.sorted { $0.key < $1.key }
                    .map { (name: "\(part.rawValue).\($0.key)", tensor: $0.value) }
            },
            metadata: [
                OtherWeights.key: String(decoding: try encoder.encode(original), as: UTF8.self),
                "atelier.source": source,
            ],
            to: file
        )
    }
}
