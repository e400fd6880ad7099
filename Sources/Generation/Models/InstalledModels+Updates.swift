import Files
import Foundation
import Runs
import Torch

extension InstalledModels.Entry {
    /// Whether it is no model, but updates of one's weights.
    public var isUpdates: Bool { network == InstalledModels.updatesNetwork }
}

extension InstalledModels {
    /// What an entry of updates says in place of a network.
    static let updatesNetwork = "low-rank updates"

    /// Takes on updates of weights that a run learned, under a name that prompts can use: `--lora flowers:0.8`.
    ///
    /// - Parameters:
    ///   - place: A file of updates, or the folder of a run.
    ///   - name: What they are to be called; the run's name or the file's by default.
    ///   - replaces: Whether what has that name is replaced.
    /// - Returns: What was added: a copy, as it is small.
    /// - Throws: `GenerationError` for the name, or where there are no updates.
    func add(updatesAt place: URL, as name: String?, _ replaces: Bool) throws -> Entry {
        let file = try GeneratorModel.updates(at: place)
        let name = name ?? Self.name(from: place.deletingPathExtension().lastPathComponent)
        try checkFree(name, replaces)
        let (tensors, metadata) = try Safetensors.read(from: file)
        guard try UpdateDescription(metadata: metadata) != nil else {
            throw GenerationError.noUpdates(path: file.path)
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if replaces, self.place(of: name) != nil { _ = try remove(name) }
        try Safetensors.write(
            tensors.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
            metadata: metadata,
            to: self.file(name)
        )
        return try entry(name)
    }

    /// Whether a place has updates of weights rather than a model: such a file, or a run that learned by them.
    static func hasUpdates(_ place: URL) -> Bool {
        guard let file = try? GeneratorModel.updates(at: place),
            let header = try? Safetensors.readHeader(of: file)
        else { return false }
        return (try? UpdateDescription(metadata: header.metadata)) != nil
    }

    /// The file of the updates of that name.
    ///
    /// - Throws: `GenerationError.notInstalled`, or `.noUpdates` for a model.
    public func updates(_ name: String) throws -> URL {
        guard let file = place(of: name) else { throw GenerationError.notInstalled(name: name) }
        guard Self.hasUpdates(file) else { throw GenerationError.noUpdates(path: file.path) }
        return file
    }
}
