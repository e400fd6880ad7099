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
    let words: PublishedWords?
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
            try Self.checkMemory(weights, folder, available: Machine.availableMemory)
            digest = try Self.digest(folder)
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
            (self.network, words) = (network, .janus(prompt))
            description = ModelDescription(published: .janus, url, side: network.side)
        case .biggan:
            digest = try Self.digest(folder)
            let network = try Self.bigGAN(folder).generator(read: folder.tensor)
            (self.network, words) = (network, nil)
            var description = ModelDescription(published: .biggan, url, side: network.settings.side)
            (description.labels, description.labelKind) = (network.labelCount, "classes")
            description.classNames = Self.names(network.labelCount)
            self.description = description
        case .amused:
            let weights = try Self.amused(folder)
            try Self.checkMemory(
                weights.memory(isShort: Self.isShort(folder), on: device),
                folder,
                available: Machine.availableMemory
            )
            digest = try Self.digest(folder)
            let prompt = try Self.prompt(folder, weights)
            let tokenizer = try weights.tokenizer(read: folder.tensor)
            tokenizer.move(to: device)
            // What loading it took, its numbers in both types, is as much as all of the transformer's.
            Machine.releaseMemory()
            let network = AmusedGenerator(
                try weights.transformer(on: device, read: folder.tensor),
                try weights.reader(on: device, table: folder.table, read: folder.tensor),
                tokenizer,
                open: prompt.pieces(of: "")
            )
            (self.network, words) = (network, .clip(prompt))
            description = ModelDescription(published: .amused, url, side: network.side)
        }
    }

    private static func digest(_ folder: PublishedFolder) throws -> String {
        digest(try folder.files.map { try XXHash64.digits(of: $0) })
    }

    /// What tells the weights from all others, by the sums of their files.
    static func digest(_ digits: [String]) -> String {
        digits.count == 1
            ? digits[0]
            : String(XXHash64.hash(digits.joined(separator: " ")), radix: 16)
    }

    /// Whether the numbers of a folder have 16 bits, as those of all published models have.
    static func isShort(_ folder: PublishedFolder) -> Bool {
        folder.shapes.keys.first { name in tellingTables.contains { name.hasSuffix($0) } }
            .flatMap(folder.table).map { $0.dtype.byteCount <= 2 } ?? true
    }

    /// Tables by whose type that of all heavy weights is known.
    private static let tellingTables = [
        "embed_tokens.weight", "transformer/embed.embeddings.weight",
    ]

    /// Refuses what would not fit into memory and has no smaller form.
    ///
    /// - Throws: `GenerationError.littleMemory`, with what helps.
    static func checkMemory(
        _ needed: Int,
        _ folder: PublishedFolder,
        available: Int?
    ) throws(GenerationError) {
        guard let available, available < needed else { return }
        throw .littleMemory(
            path: folder.url.path,
            needed: needed,
            available: available,
            cure: "End other programs, or use a smaller model."
        )
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

    /// Looks for a Janus in a folder.
    ///
    /// - Throws: `GenerationError.otherModel`, and what differs.
    static func janus(_ folder: PublishedFolder) throws -> JanusWeights {
        let kind = try PublishedKind(folder)
        guard kind == .janus else {
            throw GenerationError.otherModel(path: folder.url.path, kind: kind.rawValue)
        }
        return try JanusWeights(
            configuration: folder.configuration,
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    /// Looks for an aMUSEd in a folder.
    ///
    /// - Throws: What differs.
    static func amused(_ folder: PublishedFolder) throws -> AmusedWeights {
        try AmusedWeights(
            configuration: folder.text,
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    private static func prompt(
        _ folder: PublishedFolder,
        _ weights: AmusedWeights
    ) throws -> CLIPPrompt {
        try CLIPPrompt(folder, pieces: weights.text.pieces, length: weights.text.places)
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
        case .amused: _ = try prompt(folder, try amused(folder))
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

/// How words are put to a published model.
enum PublishedWords {
    /// To a Janus.
    case janus(JanusPrompt)
    /// To a model that reads with CLIP.
    case clip(CLIPPrompt)

    /// How words are put to a Janus.
    var janus: JanusPrompt? { if case .janus(let prompt) = self { prompt } else { nil } }

    /// How words are put to CLIP.
    var clip: CLIPPrompt? { if case .clip(let prompt) = self { prompt } else { nil } }
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
