import Datasets
import Foundation
import Neural
import Runs
import Torch

extension GeneratorModel {
    /// Adds what a run learned as updates of few numbers to the model's weights; several add up.
    ///
    /// - Parameters:
    ///   - place: A file of updates, or the folder of a run: its latest ones are meant.
    ///   - weight: How much of them; 1 for as they were learned.
    /// - Throws: `GenerationError` where there are none, or they are of other layers.
    public func add(updatesAt place: URL, weight: Double) throws {
        let file = try Self.updates(at: place)
        let header = try Safetensors.readHeader(of: file)
        guard let updates = try UpdateDescription(metadata: header.metadata) else {
            throw GenerationError.noUpdates(path: file.path)
        }
        let tensors = try Safetensors.read(from: file).tensors
        var state = Dictionary(
            uniqueKeysWithValues: network.state().map { ($0.name, $0.tensor) }
        )
        for (name, down) in tensors where name.hasSuffix(".down") {
            let layer = String(name.dropLast(".down".count))
            let (rows, ranks) = (down.shape.last ?? 0, down.shape.first ?? 0)
            guard let own = state["\(layer).weight"], let up = tensors["\(layer).up"],
                down.rank == 2, own.shape == [up.size(0), rows], up.shape == [own.size(0), ranks],
                ranks == updates.rank
            else { throw GenerationError.otherLayers(path: file.path, layer: layer) }
            let scale = weight * updates.strength / Double(updates.rank)
            let product = up.converted(to: .float32).multiplied(by: down.converted(to: .float32))
            state["\(layer).weight"] =
                (own.converted(to: .float32) + product.moved(to: own.device) * scale)
                .converted(to: own.dtype)
        }
        try network.load(state: state, origin: file.path)
        added(file.deletingPathExtension().lastPathComponent, try XXHash64.digits(of: file), weight)
    }

    /// The file of updates that a path means.
    static func updates(at place: URL) throws -> URL {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder) else {
            throw GenerationError.missing(path: place.path)
        }
        guard isFolder.boolValue else { return place }
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        guard let last = names.filter(RunFolder.isUpdates).max() else {
            throw GenerationError.noUpdates(path: place.path)
        }
        return place.appending(path: last)
    }
}
