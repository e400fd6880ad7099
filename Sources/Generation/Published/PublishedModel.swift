import Autoregressive
import Datasets
import Foundation
import Midjourney
import Runs
import TextTokens
import Torch
import Weights

/// A model as others have published it: a folder.
struct PublishedModel {
    let network: JanusGenerator
    let prompt: JanusPrompt
    let description: ModelDescription
    let digest: String

    /// Reads a folder; its weights stay where they are.
    ///
    /// - Throws: `GenerationError.otherModel` for one that is not known here, what reading throws.
    init(_ url: URL, device: Device) throws {
        let folder = try PublishedFolder(url)
        let weights = try Self.weights(folder)
        try Self.checkMemory(weights, folder, available: Machine.availableMemory)
        let digits = try folder.files.map { try XXHash64.digits(of: $0) }
        digest = Self.digest(digits)
        if let wanted = QuantisedModel(folder.configuration)?.digest, wanted != digest {
            throw GenerationError.damagedModel(path: url.path)
        }
        // The small file first: it says soonest that something is wrong.
        let prompt = try JanusPrompt(
            folder.text("tokenizer.json"),
            pieces: weights.settings.pieces
        )
        let tokenizer = try weights.tokenizer(read: folder.tensor)
        tokenizer.move(to: device)
        let network = JanusGenerator(
            try weights.transformer(on: device, table: folder.table, read: folder.tensor),
            tokenizer,
            open: prompt.open(prompt.asking("").count)
        )
        (self.network, self.prompt) = (network, prompt)
        let name = url.lastPathComponent
        description = ModelDescription(
            family: "janus",
            settings: .section([:]),
            size: [network.side, network.side],
            channels: 3,
            labels: 0,
            labelKind: "captions",
            recipe: name,
            set: "",
            images: 0,
            distribution: .normal,
            classNames: []
        )
    }

    /// What tells the weights from all others, by the sums of their files.
    static func digest(_ digits: [String]) -> String {
        digits.count == 1
            ? digits[0]
            : String(XXHash64.hash(digits.joined(separator: " ")), radix: 16)
    }

    /// Whether the numbers of a folder have 16 bits, as those of all published models have.
    static func isShort(_ folder: PublishedFolder) -> Bool {
        folder.shapes.keys.first { $0.hasSuffix("embed_tokens.weight") }
            .flatMap(folder.table).map { $0.dtype.byteCount <= 2 } ?? true
    }

    /// Refuses what would not fit into memory.
    ///
    /// - Throws: `GenerationError.littleMemory`, with what helps.
    static func checkMemory(
        _ weights: JanusWeights,
        _ folder: PublishedFolder,
        available: Int?
    ) throws(GenerationError) {
        let needed = weights.memory(pictures: 1, isShort: isShort(folder))
        guard let available, available < needed else { return }
        let smaller = JanusPrecision.allCases.filter {
            weights.settings.precision == .published && weights.memory($0, pictures: 1) < needed
        }
        let fitting = smaller.filter { weights.memory($0, pictures: 1) <= available }
        let cure =
            fitting.first.map {
                "Make a smaller form of it with 'atelier models quantise NAME --to \($0.rawValue)', which needs"
                    + " \(weights.memory($0, pictures: 1).gigabytes)."
            }
            ?? smaller.last.map {
                "End other programs; in \($0.rawValue) ('atelier models quantise') it would need"
                    + " \(weights.memory($0, pictures: 1).gigabytes)."
            } ?? "End other programs, or use a smaller model."
        throw .littleMemory(path: folder.url.path, needed: needed, available: available, cure: cure)
    }

    /// Looks for the networks in a folder.
    ///
    /// - Throws: `GenerationError.otherModel`, and what differs.
    static func weights(_ folder: PublishedFolder) throws -> JanusWeights {
        let kind =
            (try? JSONSerialization.jsonObject(with: folder.configuration) as? [String: Any])?[
                "model_type"
            ] as? String
        guard let kind, ["janus", "multi_modality"].contains(kind) else {
            throw GenerationError.otherModel(path: folder.url.path, kind: kind ?? "none")
        }
        return try JanusWeights(
            configuration: folder.configuration,
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    /// Checks names and shapes of a folder's tensors, and its tokenizer, without reading the weights.
    ///
    /// - Returns: The bytes of its weights.
    static func check(_ url: URL) throws -> Int {
        let folder = try PublishedFolder(url)
        let weights = try weights(folder)
        _ = try JanusPrompt(folder.text("tokenizer.json"), pieces: weights.settings.pieces)
        return try folder.files.reduce(0) { sum, file in
            let facts = try FileManager.default.attributesOfItem(
                atPath: file.resolvingSymlinksInPath().path
            )
            return sum + (facts[.size] as? Int ?? 0)
        }
    }
}
