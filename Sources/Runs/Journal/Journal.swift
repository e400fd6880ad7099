import Files
import Foundation

/// The figures of a run in `stats.jsonl`, one line a tick.
///
/// Lines are appended; a run that goes on first drops what was written after the step it goes on
/// from, and a last line that was torn by a crash.
public final class Journal {
    private let file: Descriptor
    private let encoder = JSONEncoder()

    /// Opens a journal for appending; makes it when it is not there.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - resumeStep: The step the run goes on from; every line from the first that tells of a
    ///     later one is dropped. `nil` keeps all whole lines.
    /// - Throws: `FileError`, also when a line in the middle cannot be read.
    public init(_ url: URL, resumeStep: Int? = nil) throws(FileError) {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isNew = !FileManager.default.fileExists(atPath: url.path)
        let kept = isNew ? 0 : try Self.length(of: url, upTo: resumeStep)
        file = try Descriptor(url.path, flags: O_WRONLY | O_CREAT | O_APPEND)
        if isNew {
            try AtomicFile.synchronize(folder: url.deletingLastPathComponent())
        } else {
            try file.truncate(to: kept)
            try file.synchronize()
        }
    }

    /// Adds a line and hands it to the system.
    ///
    /// - Throws: `FileError`.
    public func append(_ entry: JournalEntry) throws(FileError) {
        let line: Data
        do {
            line = try encoder.encode(entry)
        } catch {
            throw FileError("add a line to", path: file.path, reason: "\(error)")
        }
        try file.write(line + Data("\n".utf8))
    }

    /// Waits until every line has reached the disk; belongs to a checkpoint.
    ///
    /// - Throws: `FileError`.
    public func synchronize() throws(FileError) {
        try file.synchronize()
    }

    /// Reads all whole lines; a torn last one is left out.
    ///
    /// - Throws: `FileError`, also when a line in the middle cannot be read.
    public static func read(_ url: URL) throws(FileError) -> [JournalEntry] {
        try lines(of: url).map(\.entry)
    }

    /// The bytes to keep of a journal when its run goes on from a step.
    private static func length(of url: URL, upTo step: Int?) throws(FileError) -> Int {
        let lines = try lines(of: url)
        let later = lines.firstIndex { line in
            guard let step, let own = line.entry.step else { return false }
            return own > step
        }
        return lines[..<(later ?? lines.endIndex)].last?.end ?? 0
    }

    private static func lines(
        of url: URL
    ) throws(FileError) -> [(entry: JournalEntry, end: Int)] {
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw FileError("read", path: url.path, reason: error.localizedDescription)
        }
        let decoder = JSONDecoder()
        var lines: [(entry: JournalEntry, end: Int)] = []
        var start = data.startIndex
        while let newline = data[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let end = newline + 1
            do {
                let entry = try decoder.decode(JournalEntry.self, from: data[start..<newline])
                lines.append((entry, end))
            } catch  where end == data.endIndex {
                break
            } catch {
                throw FileError(
                    "read",
                    path: url.path,
                    reason: "line \(lines.count + 1) is not a line of figures"
                )
            }
            start = end
        }
        return lines
    }
}
