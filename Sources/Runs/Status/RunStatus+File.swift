import Files
import Foundation

extension RunStatus {
    /// Writes the status; a reader never meets half of it.
    ///
    /// Throws: ``FileError``.
    public func write(to url: URL) throws(FileError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let data: Data
        do {
            data = try encoder.encode(self)
        } catch {
            throw FileError("write", path: url.path, reason: "\(error)")
        }
        try AtomicFile.write(data + Data("\n".utf8), to: url)
    }

    /// Reads a status.
    ///
    /// Throws: ``FileError``.
    public static func read(_ url: URL) throws(FileError) -> RunStatus {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(RunStatus.self, from: Data(contentsOf: url))
        } catch let error as DecodingError {
            throw FileError("read", path: url.path, reason: "it is not a status: \(error)")
        } catch {
            throw FileError("read", path: url.path, reason: error.localizedDescription)
        }
    }

    /// Whether a process with the run's number is there; only for runs on this machine.
    public var isProcessAlive: Bool {
        kill(process, 0) == 0 || errno == EPERM
    }
}
