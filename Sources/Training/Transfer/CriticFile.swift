import Adversarial
import Foundation
import Midjourney
import Neural
import Runs
import Torch

/// A trained discriminator with its heads, read from the file that a run writes beside its snapshots.
struct CriticFile {
    /// The networks, in use.
    let critic: Critic
    /// What they judge.
    let model: ModelDescription
    /// The file.
    let path: String
    private let key: String

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: The file; `~` is the home folder.
    ///   - key: The key of the recipe that names it, for errors.
    ///   - spec: The pictures that it must be able to judge.
    /// - Throws: `TrainingError.noCritic` for what is no such file, `TorchError` for a damaged one.
    init(_ path: String, namedBy key: String, for spec: ImageSpec) throws {
        self.key = key
        self.path = URL(filePath: NSString(string: path).expandingTildeInPath).path
        func refuse(_ problem: String, _ path: String) -> TrainingError {
            .noCritic(path: path, key: key, problem: problem)
        }
        guard FileManager.default.fileExists(atPath: self.path) else {
            throw refuse("there is no such file", self.path)
        }
        let (tensors, metadata) = try Safetensors.read(from: URL(filePath: self.path))
        guard let description = try CriticDescription(metadata: metadata) else {
            throw refuse("it describes no discriminator", self.path)
        }
        model = description.model
        guard model.size == [spec.height, spec.width], model.channels == spec.channels
        else {
            throw refuse(
                "it judges pictures of \(model.size) with \(model.channels) channels, the recipe's are of"
                    + " \([spec.height, spec.width]) with \(spec.channels)",
                self.path
            )
        }
        critic = try description.critic()
        let wanted = critic.outline()
        try critic.load(
            state: Dictionary(
                try ByteWeights.unpacked(tensors, origin: self.path).map { name, tensor in
                    let name = Critic.renamed(name)
                    return (name, wanted[name].map { tensor.converted(to: $0.dtype) } ?? tensor)
                },
                uniquingKeysWith: { first, _ in first }
            ),
            origin: self.path
        )
        critic.setTraining(false)
    }

    /// The places of the classes with these names among those that the discriminator tells.
    ///
    /// - Throws: `TrainingError.noCritic` for a name that it does not know.
    func places(of names: [String]) throws -> Set<Int> {
        guard critic.task(Classification.self) != nil else {
            throw refused("it learned no classes")
        }
        return Set(
            try names.map { name in
                guard let place = model.classNames.firstIndex(of: name) else {
                    throw refused(
                        "it knows no class '\(name)', but "
                            + model.classNames.prefix(20).joined(separator: ", ")
                    )
                }
                return place
            }
        )
    }

    /// That the file is of no use here.
    func refused(_ problem: String) -> TrainingError {
        .noCritic(path: path, key: key, problem: problem)
    }
}
