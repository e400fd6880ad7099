import Adversarial
import Autoregressive
import Datasets
import Foundation
import Midjourney
import Neural
import Prompts
import Runs
import Torch
import Weights

/// A trained generator, ready to draw.
///
/// Not `Sendable`: it stays in the actor that loaded it.
public final class GeneratorModel {
    /// What the weights are and where they came from.
    public let description: ModelDescription
    /// The file of weights.
    public let file: URL
    let network: any Generator
    /// How it draws, and what else it can do.
    let sampler: any ImageSampler
    /// What it can be asked with.
    let conditions: ModelConditions
    /// What pictures are drawn from.
    let latents: LatentNumbers
    let device: Device
    /// What tells the weights from all others, in hexadecimal.
    public private(set) var digest: String
    /// Names of what was added to the weights, each with how much of it.
    private(set) var additions: [String] = []
    /// What things are a kind of: words that no caption has are drawn as what it says, where there is one.
    public var knowledge: WordNet?
    /// What is known of things where prompts are silent.
    public var facts = ThingFacts()
    private var keptCritic: Critic?
    private var keptUpscaler: GeneratorModel?

    /// Builds the network that a file describes and gives it the file's weights.
    ///
    /// - Parameters:
    ///   - file: Weights, or the folder of a run: its latest snapshot is meant.
    ///   - name: Where to draw: `cpu`, `cuda`, `cuda:1` or `mps`.
    /// - Throws: `GenerationError` for a file that holds no model, `TorchError` for a damaged
    ///   one, `StateMismatch` for weights that do not fit the network.
    public convenience init(contentsOf file: URL, device name: String = "cpu") throws {
        let device = try Device(name)
        let file = try GeneratorModel.weights(at: file)
        guard !PublishedFolder.isOne(file) else {
            let published = try PublishedModel(file, device: device)
            try self.init(
                published.network,
                published.description,
                file: file,
                device: device,
                words: published.words,
                digest: published.digest
            )
            return
        }
        let header = try Safetensors.readHeader(of: file)
        guard !OtherPair.isOne(header.metadata) else {
            try GeneratorModel.checkMemory(of: file)
            let network = try LlamaGenGenerator(reading: file)
            try self.init(
                network,
                ModelDescription(network, file: file),
                file: file,
                device: device
            )
            return
        }
        guard header.metadata[OfficialWeights.key] == nil else {
            if let part = OtherWeights.part(header.metadata) {
                throw GenerationError.partOfModel(path: file.path, part: part)
            }
            let weights = try OfficialWeights(
                tensors: Safetensors.read(from: file).tensors,
                metadata: header.metadata
            )
            guard weights.isGenerator else { throw GenerationError.noModel(path: file.path) }
            try self.init(
                weights.generator(),
                ModelDescription(official: weights, file: file),
                file: file,
                device: device
            )
            return
        }
        let description: ModelDescription
        do {
            guard let found = try ModelDescription(metadata: header.metadata) else {
                let isUpdates = header.metadata[UpdateDescription.key] != nil
                throw isUpdates
                    ? GenerationError.updatesAlone(path: file.path)
                    : GenerationError.noModel(path: file.path)
            }
            description = found
        } catch let error as DecodingError {
            throw GenerationError.otherVersion(path: file.path, problem: "\(error)")
        }
        let network: any Generator
        do {
            network = try description.generator()
        } catch .unknownFamily(let family) {
            throw GenerationError.unknownFamily(family, path: file.path)
        } catch .unfit(let problem) {
            throw GenerationError.otherVersion(path: file.path, problem: problem)
        }
        try GeneratorModel.load(network, from: file, header)
        try self.init(
            network,
            description,
            file: file,
            device: device,
            textRows: try GeneratorModel.textRows(description.text, network, file)
        )
    }

    /// What texts become numbers with, which the network must have vectors for.
    private static func textRows(
        _ text: ModelDescription.Text?,
        _ network: any Generator,
        _ file: URL
    ) throws -> TextRows? {
        guard let text else { return nil }
        let pieces = try TextPieces(model: text.pieces)
        guard let settings = (network as? TokenGenerator)?.transformer.settings else {
            throw GenerationError.otherVersion(
                path: file.path,
                problem: "it has pieces of texts, and a network that takes none"
            )
        }
        guard text.length == settings.prefix, pieces.count <= settings.pieces,
            (0...settings.pieces).contains(text.filler)
        else {
            throw GenerationError.otherVersion(
                path: file.path,
                problem:
                    "its texts have \(text.length) pieces of \(pieces.count) and the filler \(text.filler), its network"
                    + " takes \(settings.prefix) of \(settings.pieces)"
            )
        }
        return TextRows(pieces: pieces, length: text.length, filler: text.filler)
    }

    private init(
        _ network: any Generator,
        _ description: ModelDescription,
        file: URL,
        device: Device,
        textRows: TextRows? = nil,
        words: PublishedWords? = nil,
        digest: String? = nil
    ) throws {
        network.move(to: device)
        network.setTraining(false)
        self.description = description
        self.file = file
        self.network = network
        conditions = ModelConditions(
            description: description,
            textRows: textRows,
            labelCount: network.labelCount,
            device: device
        )
        latents = LatentNumbers(size: network.latentSize, isUniform: conditions.isUniform)
        sampler = GeneratorModel.sampler(of: network, conditions, words: words)
        self.device = device
        self.digest = try digest ?? XXHash64.digits(of: file)
    }

    /// Notes what was added to the weights: drawings are those of other weights now.
    func added(_ name: String, _ digest: String, _ weight: Double) {
        additions.append("\(name):\(weight)")
        self.digest = XXHash64.digits(of: Data("\(self.digest)\(digest):\(weight)".utf8))
    }

    /// Sets how many threads of the processor draw; as many as are quickest where none is named.
    public func useThreads(_ count: Int?) {
        GeneratorModel.setThreads(count ?? sampler.threads ?? GeneratorModel.usualThreads)
    }

    /// Sets how many threads of the processor load models; one wastes least beside other programs.
    public static func setThreads(_ count: Int) {
        // Read before the first change.
        guard count != usualThreads || Machine.threads != count else { return }
        Machine.threads = count
    }

    /// Threads before any model chose.
    private static let usualThreads = Machine.threads

    /// The discriminator that was trained with the network.
    ///
    /// - Throws: `GenerationError` where its file is not beside the network's.
    func critic() throws -> Critic {
        if let keptCritic { return keptCritic }
        let beside = RunFolder.critic(beside: file)
        guard FileManager.default.fileExists(atPath: beside.path) else {
            throw GenerationError.noCritic(path: beside.path)
        }
        let header = try Safetensors.readHeader(of: beside)
        let critic: Critic
        do {
            guard let found = try CriticDescription(metadata: header.metadata) else {
                throw ModelProblem.unfit("it describes no discriminator")
            }
            critic = try found.critic()
        } catch {
            throw GenerationError.otherVersion(path: beside.path, problem: "\(error)")
        }
        try GeneratorModel.load(critic, from: beside, header, renamed: Critic.renamed)
        critic.move(to: device)
        critic.setTraining(false)
        keptCritic = critic
        return critic
    }

    /// The bundled upscaler, on the same device.
    ///
    /// - Throws: `GenerationError.notBundled` where it is missing.
    func upscaler() throws -> GeneratorModel {
        if let keptUpscaler { return keptUpscaler }
        let upscaler = try GeneratorModel(
            contentsOf: BundledModel.upscale.file(),
            device: device.description
        )
        keptUpscaler = upscaler
        return upscaler
    }

    /// Gives a network the weights of a file, which may have them in fewer bits, and by earlier names.
    private static func load(
        _ network: Module,
        from file: URL,
        _ header: SafetensorsHeader,
        renamed: (String) -> String = { $0 }
    ) throws {
        let outline = network.outline()
        let found = header.outlines
        let stored = Dictionary(found.keys.map { (renamed($0), $0) }) { first, _ in first }
        let wanted = Dictionary(
            uniqueKeysWithValues: outline.map { (stored[$0.key] ?? $0.key, $0.value) }
        )
        let state = try Safetensors.read(
            from: file,
            expecting: ByteWeights.expected(wanted, in: found)
        )
        try network.load(
            state: Dictionary(
                uniqueKeysWithValues: try ByteWeights.unpacked(state.tensors, origin: file.path).map
                {
                    name,
                    tensor in
                    let name = renamed(name)
                    return (name, outline[name].map { tensor.converted(to: $0.dtype) } ?? tensor)
                }
            ),
            origin: file.path
        )
    }

    /// Whether a path is the folder of a run that has drawn, so that there is a model in it.
    public static func isRun(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            && isFolder.boolValue && !PublishedFolder.isOne(url) && (try? weights(at: url)) != nil
    }

    /// The file of weights that a path means: itself, or the latest snapshot of a run's folder; a published model's
    /// folder is meant as a whole.
    ///
    /// - Parameter url: A file, or the folder of a run.
    /// - Returns: The file.
    /// - Throws: `GenerationError` for a path where nothing is, or a run before its first snapshot.
    public static func weights(at url: URL) throws -> URL {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw GenerationError.missing(path: url.path)
        }
        guard isFolder.boolValue, !PublishedFolder.isOne(url) else { return url }
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
        let snapshots = names.filter {
            $0.hasPrefix("network-snapshot-") && $0.hasSuffix(".safetensors")
                && !$0.contains("-average") && !$0.contains("-discriminator")
        }
        guard let latest = snapshots.max() else {
            throw GenerationError.noSnapshot(folder: url.path)
        }
        return url.appending(path: latest)
    }
}

extension ModelDescription {
    /// What official weights are.
    fileprivate init(official weights: OfficialWeights, file: URL) {
        self.init(
            family: weights.family.name,
            settings: weights.settings,
            size: [weights.spec.height, weights.spec.width],
            channels: weights.spec.channels,
            labels: weights.spec.labels,
            labelKind: weights.spec.labelKind.rawValue,
            recipe: weights.family.name,
            set: "",
            images: 0,
            distribution: .normal,
            classNames: []
        )
    }
}
