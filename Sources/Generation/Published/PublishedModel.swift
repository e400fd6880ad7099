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
        // The small file first: it says soonest that something is wrong.
        let prompt = try JanusPrompt(
            folder.text("tokenizer.json"),
            pieces: weights.settings.pieces
        )
        let tokenizer = try weights.tokenizer(read: folder.tensor)
        tokenizer.move(to: device)
        let network = JanusGenerator(
            try weights.transformer(on: device, read: folder.tensor),
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
        let digits = try folder.files.map { try XXHash64.digits(of: $0) }
        digest =
            digits.count == 1
            ? digits[0]
            : String(XXHash64.hash(digits.joined(separator: " ")), radix: 16)
    }

    private static func weights(_ folder: PublishedFolder) throws -> JanusWeights {
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
