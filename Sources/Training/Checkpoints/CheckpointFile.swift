import Files
import Foundation
import Runs
import Torch

/// Checkpoints: everything that a run needs to go on, in one file of tensors.
///
/// Every file is written under a temporary name, synchronized and renamed, so that whatever
/// happens the previous one still loads.
enum CheckpointFile {
    private static let stateKey = "atelier.training"

    /// Writes a checkpoint and makes the other names point to the same file.
    static func write(
        _ tensors: [(String, Tensor)],
        state: TrainingState,
        to file: URL,
        alsoAs links: [URL]
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = String(decoding: try encoder.encode(state), as: UTF8.self)
        try Safetensors.write(tensors, metadata: [Self.stateKey: json], to: file)
        for other in links {
            try AtomicFile.replace(other) { (temporary) throws(FileError) in
                guard link(file.path, temporary.path) == 0 else {
                    throw FileError("link to \(file.lastPathComponent)", path: temporary.path)
                }
            }
        }
    }

    /// Reads a checkpoint.
    static func read(_ file: URL) throws -> (state: TrainingState, tensors: [String: Tensor]) {
        let (tensors, metadata) = try Safetensors.read(from: file)
        return (try state(metadata, of: file), tensors)
    }

    /// Reads the state of a checkpoint without its tensors.
    static func readState(_ file: URL) throws -> TrainingState {
        try state(try Safetensors.readHeader(of: file).metadata, of: file)
    }

    private static func state(_ metadata: [String: String], of file: URL) throws -> TrainingState {
        guard let json = metadata[stateKey] else {
            throw TrainingError.notACheckpoint(path: file.path)
        }
        do {
            return try JSONDecoder().decode(TrainingState.self, from: Data(json.utf8))
        } catch {
            throw TrainingError.unreadableState(path: file.path, problem: "\(error)")
        }
    }
}
