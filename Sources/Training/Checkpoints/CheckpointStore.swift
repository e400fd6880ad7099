import Foundation
import Runs
import Torch

/// The checkpoints of one run: `last`, `best` and those kept for good.
///
/// Every file is written under a temporary name, synchronized and renamed, so that whatever
/// happens the previous one still loads.
struct CheckpointStore {
    static let last = "last.safetensors"
    static let best = "best.safetensors"
    private static let stateKey = "atelier.training"
    let folder: URL

    /// The file that `last`, `best` or a path means.
    func file(_ name: String) -> URL {
        switch name {
        case "last": folder.appending(path: Self.last)
        case "best": folder.appending(path: Self.best)
        default: URL(filePath: name)
        }
    }

    /// The name of a checkpoint that is kept: `epoch=3-step=1200`.
    static func name(_ state: TrainingState, epoch: Int) -> String {
        "epoch=\(epoch)-step=\(state.step).safetensors"
    }

    /// Writes a checkpoint and makes the other names point to the same file.
    func write(
        _ tensors: [(String, Tensor)], state: TrainingState, to name: String, alsoAs links: [String]
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = String(decoding: try encoder.encode(state), as: UTF8.self)
        let file = folder.appending(path: name)
        try Safetensors.write(tensors, metadata: [Self.stateKey: json], to: file)
        for other in links {
            try AtomicFile.replace(folder.appending(path: other)) { (temporary) throws(FileError) in
                guard link(file.path, temporary.path) == 0 else {
                    throw FileError("link to \(file.lastPathComponent)", path: temporary.path)
                }
            }
        }
    }

    /// Reads a checkpoint.
    static func read(_ file: URL) throws -> (state: TrainingState, tensors: [String: Tensor]) {
        let (tensors, metadata) = try Safetensors.read(from: file)
        guard let json = metadata[stateKey] else {
            throw TrainingError.notACheckpoint(path: file.path)
        }
        do {
            let state = try JSONDecoder().decode(TrainingState.self, from: Data(json.utf8))
            return (state, tensors)
        } catch {
            throw TrainingError.unreadableState(path: file.path, problem: "\(error)")
        }
    }
}
