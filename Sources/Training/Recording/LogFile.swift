import Files
import Foundation
import Runs

/// The copy of what a run prints, appended line by line.
final class LogFile {
    private let file: Descriptor

    init(_ url: URL) throws(FileError) {
        file = try Descriptor(url.path, flags: O_WRONLY | O_CREAT | O_APPEND)
    }

    func add(_ line: String) throws(FileError) { try file.write(Data((line + "\n").utf8)) }

    func synchronize() throws(FileError) { try file.synchronize() }
}
