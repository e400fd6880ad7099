import Adversarial
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
    let network: any Generator
    /// How words are put to it, where it takes any.
    let prompt: JanusPrompt?
    let description: ModelDescription
    let digest: String

    /// Reads a folder; its weights stay where they are.
    ///
    /// - Throws: `GenerationError.otherModel` for one that is not known here, what reading throws.
    init(_ url: URL, device: Device) throws {
        let folder = try PublishedFolder(url)
        switch try PublishedKind(folder) {
        case .janus:
            let weights = try Self.janus(folder)
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
            description = ModelDescription(published: .janus, url, side: network.side)
        case .biggan:
            let network = try Self.bigGAN(folder).generator(read: folder.tensor)
            (self.network, prompt) = (network, nil)
            var description = ModelDescription(published: .biggan, url, side: network.settings.side)
            (description.labels, description.labelKind) = (network.labelCount, "classes")
            description.classNames = Self.names(network.labelCount)
            self.description = description
        }
        let digits = try folder.files.map { try XXHash64.digits(of: $0) }
        digest =
            digits.count == 1
            ? digits[0]
            : String(XXHash64.hash(digits.joined(separator: " ")), radix: 16)
    }

    private static func janus(_ folder: PublishedFolder) throws -> JanusWeights {
        try JanusWeights(
            configuration: folder.configuration,
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    private static func bigGAN(_ folder: PublishedFolder) throws -> BigGANWeights {
        try BigGANWeights(
            BigGAN.Settings(folder.configuration),
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    /// The names of so many classes, where they are known.
    private static func names(_ classes: Int) -> [String] {
        classes == ImageNetNames.all.count ? ImageNetNames.all : []
    }

    /// The names of classes that a folder's model can be asked for; none for one that takes texts.
    ///
    /// - Throws: What reading throws.
    static func classNames(_ url: URL) throws -> [String] {
        let folder = try PublishedFolder(url)
        guard try PublishedKind(folder) == .biggan else { return [] }
        return names(try BigGAN.Settings(folder.configuration).classes)
    }

    /// Checks names and shapes of a folder's tensors, and its tokenizer, without reading the weights.
    ///
    /// - Returns: The kind of the model, and the bytes of its weights.
    static func check(_ url: URL) throws -> (kind: PublishedKind, bytes: Int) {
        let folder = try PublishedFolder(url)
        let kind = try PublishedKind(folder)
        switch kind {
        case .janus:
            let weights = try janus(folder)
            _ = try JanusPrompt(folder.text("tokenizer.json"), pieces: weights.settings.pieces)
        case .biggan: _ = try bigGAN(folder)
        }
        let bytes = try folder.files.reduce(0) { sum, file in
            let facts = try FileManager.default.attributesOfItem(
                atPath: file.resolvingSymlinksInPath().path
            )
            return sum + (facts[.size] as? Int ?? 0)
        }
        return (kind, bytes)
    }
}

extension ModelDescription {
    /// What a published model is, asked with texts until more is said.
    fileprivate init(published kind: PublishedKind, _ url: URL, side: Int) {
        self.init(
            family: kind.rawValue,
            settings: .section([:]),
            size: [side, side],
            channels: 3,
            labels: 0,
            labelKind: "captions",
            recipe: url.lastPathComponent,
            set: "",
            images: 0,
            distribution: .normal,
            classNames: []
        )
    }
}
