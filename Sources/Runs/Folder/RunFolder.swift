import Files
import Foundation

/// The folder of one run, such as `00012-seed-dcgan-mnist-batch256`, and the names in it.
public struct RunFolder: Sendable, Equatable {
    /// The folder.
    public let url: URL

    /// An existing folder.
    ///
    /// - Throws: `FileError` when it is not a folder.
    public init(opening url: URL) throws(FileError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw FileError(
                "open the run folder",
                path: url.path,
                reason: "there is no such folder"
            )
        }
        self.url = url
    }

    /// A folder that may be on another machine: nothing is looked at.
    public init(elsewhere url: URL) { self.url = url }

    /// Makes a new folder under the next number.
    ///
    /// The number is one more than the highest at the start of any name in the root. A lock on
    /// the root keeps two runs that start together from getting the same one.
    ///
    /// - Parameters:
    ///   - root: Where runs are kept; made when it is not there.
    ///   - recipe: The run's recipe; its name, set and batch become part of the name.
    ///   - note: A remark at the end of the name; other characters than letters and digits
    ///     become `-`.
    /// - Returns: The new folder, empty but for `checkpoints`.
    /// - Throws: `FileError`.
    public static func create(
        in root: URL,
        recipe: Recipe,
        note: String? = nil
    ) throws(FileError) -> RunFolder {
        do {
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        } catch {
            throw FileError("make the folder", path: root.path, reason: error.localizedDescription)
        }
        let lock = try Descriptor(root.path, flags: O_RDONLY | O_DIRECTORY)
        guard Descriptor.retrying({ flock(lock.number, LOCK_EX) }) == 0 else {
            throw FileError("lock", path: root.path)
        }
        let names = try namesInside(root)
        let number = 1 + (names.compactMap { runNumber($0, in: root) }.max() ?? -1)
        let digits = String(number)
        var name = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        name += "-\(recipe.name)-\(recipe.data.set)-batch\(recipe.training.batch)"
        let remark = plain(note ?? "")
        if !remark.isEmpty { name += "-" + remark }
        let url = root.appending(path: name, directoryHint: .isDirectory)
        for folder in [url, url.appending(path: checkpointsName)] {
            guard mkdir(folder.path, 0o755) == 0 else {
                throw FileError("make the folder", path: folder.path)
            }
        }
        try AtomicFile.synchronize(folder: url)
        try lock.synchronize()
        return try RunFolder(opening: url)
    }

    /// The run with the highest number in a root.
    ///
    /// - Throws: `FileError` when there is none.
    public static func newest(in root: URL) throws(FileError) -> RunFolder {
        let numbered = try namesInside(root).compactMap { name in
            runNumber(name, in: root).map { (number: $0, name: name) }
        }
        guard let newest = numbered.max(by: { $0.number < $1.number }) else {
            throw FileError("find a run in", path: root.path, reason: "there is none yet")
        }
        return try RunFolder(opening: root.appending(path: newest.name))
    }

    /// Whether text can be part of a file's name everywhere.
    public static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, isLetterOrDigit(first), text.count <= 64 else {
            return false
        }
        return text.unicodeScalars.allSatisfy {
            isLetterOrDigit($0) || "._-".unicodeScalars.contains($0)
        }
    }

    /// The number at the start of a name; `nil` when there is none, or one that no run gets.
    static func leadingNumber(_ name: String) -> Int? {
        Int(name.prefix { $0.isASCII && $0.isNumber }).flatMap { $0 < 1_000_000_000 ? $0 : nil }
    }

    /// The number of a run's folder; nil for others, such as `20240101-photos`, which a long number alone makes no run.
    private static func runNumber(_ name: String, in root: URL) -> Int? {
        guard let number = leadingNumber(name) else { return nil }
        let options = root.appending(path: "\(name)/training_options.json")
        let isRun = number < 100_000 || FileManager.default.fileExists(atPath: options.path)
        return isRun ? number : nil
    }

    private static func namesInside(_ root: URL) throws(FileError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: root.path)
        } catch {
            throw FileError("list", path: root.path, reason: error.localizedDescription)
        }
    }

    /// Letters and digits, everything else as single dashes, at most 48 characters.
    private static func plain(_ note: String) -> String {
        let words = note.unicodeScalars.split { !isLetterOrDigit($0) }
        return String(words.map { String(Substring($0)) }.joined(separator: "-").prefix(48))
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
}
