import Autoregressive
import Foundation
import Hub
import Midjourney
import Runs
import Torch
import Weights

extension InstalledModels {
    /// Takes on a published transformer over codes together with the tokenizer of its pictures.
    ///
    /// - Parameters:
    ///   - file: The transformer's checkpoint.
    ///   - tokenizer: The tokenizer's checkpoint, or the name of one that was added.
    ///   - name: What the model is to be called; the file's own name by default.
    ///   - search: How networks are looked for.
    ///   - replaces: Whether a model of that name is replaced.
    /// - Returns: What was added: a copy of both.
    /// - Throws: `WeightsError` for the files, `OtherWeightsError` for two that do not go together, `GenerationError`
    ///   for the name.
    public func add(
        _ file: URL,
        tokenizer: String,
        as name: String? = nil,
        search: WeightsFile.Search = .init(),
        replaces: Bool = false
    ) throws -> Entry {
        let name = name ?? Self.name(from: file.deletingPathExtension().lastPathComponent)
        try checkFree(name, replaces)
        let other = place(of: tokenizer) ?? URL(filePath: tokenizer)
        var plain = search
        (plain.entry, plain.heads, plain.places) = (nil, nil, nil)
        let pair = try OtherPair(
            original(file, search),
            original(other, plain),
            origin: file.path
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try pair.write(
            source: "\(file.lastPathComponent) and \(other.lastPathComponent)",
            to: self.file(name)
        )
        // A folder of that name goes only once the file is there, which takes its place.
        if target(of: name) != nil || isFolder(name) {
            try FileManager.default.removeItem(at: link(name))
        }
        return try entry(name)
    }

    /// The one network of a checkpoint, or of a model that was made of one.
    private func original(_ file: URL, _ search: WeightsFile.Search) throws -> OtherWeights {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw GenerationError.missing(path: file.path)
        }
        if file.pathExtension == "safetensors" { return try OtherWeights(reading: file) }
        let weights = try WeightsFile(contentsOf: file)
        do {
            let found = try weights.networks(search)
            guard let network = found.first, found.count == 1 else {
                throw WeightsError(
                    .unknown,
                    "it has \(found.count) networks",
                    cure: "Expected a transformer or a tokenizer of LlamaGen alone."
                )
            }
            let tensors = try network.tensors.map { ($0.name, try $0.tensor.tensor()) }
            return try OtherWeights(
                tensors: Dictionary(tensors) { $1 },
                metadata: [OtherWeights.key: network.original],
                origin: file.path
            )
        } catch let error as WeightsError {
            throw error.inFile(file.path)
        }
    }
}

extension ModelDescription {
    /// What a published transformer over codes draws.
    init(_ network: LlamaGenGenerator, file: URL) {
        let names = ImageNetNames.all
        self.init(
            family: OtherPair.family,
            settings: .section([:]),
            size: [network.side, network.side],
            channels: network.tokenizer.settings.channels,
            labels: network.labelCount,
            labelKind: "classes",
            recipe: file.deletingPathExtension().lastPathComponent,
            set: "",
            images: 0,
            distribution: .normal,
            classNames: names.count == network.labelCount ? names : []
        )
    }
}

extension GeneratorModel {
    /// Refuses a pair of networks that would not fit into memory: its numbers are there twice while they are read.
    ///
    /// - Throws: `GenerationError.littleMemory`, with what helps.
    static func checkMemory(
        of file: URL,
        available: Int? = Machine.availableMemory
    ) throws(GenerationError) {
        let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
        let needed = 2 * (facts?[.size] as? Int ?? 0) + 600_000_000
        guard let available, available < needed else { return }
        throw .littleMemory(
            path: file.path,
            needed: needed,
            available: available,
            cure: "End other programs, or use a smaller model."
        )
    }
}
