import Files
import Foundation

extension RunStatus {
    /// Writes the status; a reader never meets half of it.
    ///
    /// - Throws: `FileError`.
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
    /// One that says that a run goes on, while its process on this machine is gone, is read as that of a run
    /// that failed: a process that is killed, or stopped by a fault of the program, cannot say so itself.
    ///
    /// - Throws: `FileError`.
    public static func read(_ url: URL) throws(FileError) -> RunStatus {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            let status = try decoder.decode(RunStatus.self, from: Data(contentsOf: url))
            guard status.state == .running, !status.isProcessAlive else { return status }
            return status.ended(
                .error,
                message:
                    "process \(status.process) ended without saying why: it was killed, or a fault of the"
                    + " program stopped it; go on with 'atelier train --resume last'",
                now: status.updated
            )
        } catch let error as DecodingError {
            throw FileError("read", path: url.path, reason: "it is not a status: \(error)")
        } catch {
            throw FileError("read", path: url.path, reason: error.localizedDescription)
        }
    }

    /// Whether the run's process is there; one on another machine is taken to be.
    public var isProcessAlive: Bool {
        if let host, host != RunStatus.thisHost { return true }
        guard process > 0, kill(process, 0) == 0 || errno == EPERM else { return false }
        // The number may have passed on to a younger process.
        guard let birth = RunStatus.birth(of: process) else { return true }
        return birth <= updated + 60
    }

    /// When a process began, where the system's files say so.
    private static func birth(of process: Int32) -> Date? {
        func text(_ path: String) -> String? {
            try? String(contentsOf: URL(filePath: path), encoding: .utf8)
        }
        // After the name in brackets, which may have spaces, the 20th word is the tick it began at.
        guard
            let words = text("/proc/\(process)/stat")?.split(separator: ")").last?
                .split(separator: " "), words.count > 19, let ticks = Double(words[19]),
            let boot = text("/proc/stat")?.split(separator: "\n")
                .first(where: { $0.hasPrefix("btime ") }),
            let seconds = Double(boot.dropFirst(6))
        else { return nil }
        return Date(timeIntervalSince1970: seconds + ticks / Double(sysconf(Int32(_SC_CLK_TCK))))
    }

    /// The name of this machine.
    static let thisHost: String? = {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return nil }
        return name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }()
}
