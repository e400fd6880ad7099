import CStart
import Files
import Foundation

/// An answer that is the same each time: printed, and kept, so that the next call gives it before any library is loaded.
enum KeptAnswer {
    /// Answers in the folder before all of them are thrown away: those of earlier programs are never asked for again.
    private static let most = 200

    /// Prints an answer and keeps it; that it cannot be kept is no fault.
    static func say(_ text: String) {
        Console.print(text)
        let path = String(cString: cstart_answer_path())
        guard !path.isEmpty, !FileManager.default.fileExists(atPath: path) else { return }
        let file = URL(filePath: path)
        let folder = file.deletingLastPathComponent()
        let files = FileManager.default
        if let names = try? files.contentsOfDirectory(atPath: folder.path), names.count >= most {
            try? files.removeItem(at: folder)
        }
        try? files.createDirectory(at: folder, withIntermediateDirectories: true)
        try? AtomicFile.write(TerminalText.shown(text), to: file)
    }
}
