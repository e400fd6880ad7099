import Adversarial
import Foundation
import Neural
import Runs
import Settings
import Torch

/// Trained networks that a run can begin with.
struct TransferSource {
    /// The family they are of.
    let family: String
    /// The generator's tensors by name: averaged ones where there are any.
    let generator: [String: Tensor]
    /// The discriminator's tensors by name; none in a snapshot.
    var discriminator: [String: Tensor]
    /// Names of the classes that the networks know.
    let classNames: [String]
    /// The generator's settings and the pictures it is for.
    let settings: SettingValue
    let spec: ImageSpec?
    /// The texts that pictures are asked for with.
    let texts: KnownTexts?

    /// Reads a checkpoint, a snapshot, official weights, or the newest of a run's folder.
    ///
    /// - Throws: `TrainingError` for a file of another kind, `TorchError` for a damaged one.
    init(contentsOf path: String) throws {
        let file = try TransferSource.file(path)
        let (stored, metadata) = try Safetensors.read(from: file)
        let tensors = try ByteWeights.unpacked(stored, origin: file.path)
        if metadata[OfficialWeights.key] != nil {
            let weights = try OfficialWeights(tensors: tensors, metadata: metadata)
            family = weights.family.name
            settings = weights.settings
            spec = weights.spec
            classNames = []
            texts = nil
            let state = { (module: Module) in
                Dictionary(uniqueKeysWithValues: module.state().map { ($0.name, $0.tensor) })
            }
            generator = weights.isGenerator ? state(try weights.generator()) : [:]
            discriminator = weights.isGenerator ? [:] : state(try weights.discriminator())
        } else if let description = try ModelDescription(metadata: metadata) {
            family = description.family
            settings = description.settings
            spec = ImageSpec(description)
            classNames = description.classNames
            texts = description.text.map {
                KnownTexts(pieces: $0.pieces, words: $0.words)
            }
            generator =
                description.refiner == nil
                ? tensors
                : Dictionary(
                    uniqueKeysWithValues: tensors.compactMap { name, tensor in
                        name.hasPrefix("draft.") ? (String(name.dropFirst(6)), tensor) : nil
                    }
                )
            discriminator = [:]
        } else {
            let recipe = try CheckpointFile.readState(file).recipe
            let folder = try RunFolder(
                opening: file.deletingLastPathComponent().deletingLastPathComponent()
            )
            texts = try KnownTexts(of: folder)
            family = recipe.model.family
            settings = recipe.model.settings
            classNames = try CheckpointFile.readState(file).classNames
            spec = ImageSpec(recipe, labels: classNames.count)
            func part(_ prefix: String) -> [String: Tensor] {
                Dictionary(
                    uniqueKeysWithValues: tensors.compactMap { name, tensor in
                        name.hasPrefix(prefix)
                            ? (String(name.dropFirst(prefix.count)), tensor) : nil
                    }
                )
            }
            // What draws drafts again is learned anew.
            let inner = recipe.refiner == nil ? "" : "draft."
            let average = part("average.0.weights.\(inner)")
            generator = average.isEmpty ? part("generator.\(inner)") : average
            discriminator = part("discriminator.")
        }
    }

    /// Names of the first classes; numbers where the file has no names.
    func names(_ count: Int) -> [String] {
        (0..<count).map { $0 < classNames.count ? classNames[$0] : String($0) }
    }

    /// The file that a path means: itself, or the last checkpoint of a run's folder.
    private static func file(_ path: String) throws -> URL {
        let url = URL(filePath: NSString(string: path).expandingTildeInPath)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw TrainingError.nothingToStartFrom(path: url.path)
        }
        return isFolder.boolValue ? try RunFolder(opening: url).lastCheckpoint : url
    }
}
