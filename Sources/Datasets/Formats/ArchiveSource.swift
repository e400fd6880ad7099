import Foundation
import Imaging
import Settings

/// Pictures in a zip file: one folder for each class, or a `dataset.json`, or no labels.
///
/// The examples are in the order in which they lie in the file.
public struct ArchiveSource: PictureSource {
    /// The name of the file and the split.
    public let name: String

    /// The class names: the folders' names, or the numbers of `dataset.json`.
    public let classNames: [String]

    /// The file and its state.
    public let origin: Origin

    /// Labels that do not fit the entries, what is left out, and names that were guessed.
    public let problems: [Finding]

    /// Whether the archive is divided into `train` and `test`; else all is in both.
    public let isSplit: Bool

    private let archive: ArchiveFile
    private let entries: [ArchiveEntry]
    private let items: [PictureListing.Item]
    private let decoding: DecodingLimits

    /// Reads the directory of a zip file.
    ///
    /// - Parameters:
    ///   - file: The zip file.
    ///   - split: Which split, where there are folders `train` and `test` (or `val`).
    ///   - limits: What the archive may hold.
    ///   - decoding: What is allowed of each picture.
    /// - Throws: `DatasetError`: damaged; `.unsafe` for links, absolute paths, `..`, archives
    ///   within, and anything beyond the limits; or the split is absent.
    public init(
        _ file: URL,
        split: Split = .train,
        limits: ArchiveLimits = .standard,
        decoding: DecodingLimits = .standard
    ) throws {
        let archive = try ArchiveFile(file, limits: limits)
        self.archive = archive
        self.decoding = decoding
        let entries = archive.entries.filter { $0.kind == .file }
        self.entries = entries
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.path).inserted {
            throw DatasetError(
                .damaged,
                at: file.path,
                "has two entries named \(entry.path)",
                cure: "make the archive again"
            )
        }
        let folders = archive.entries.filter { $0.kind == .folder }.map {
            $0.path.hasSuffix("/") ? String($0.path.dropLast()) : $0.path
        }
        let byPath = Dictionary(uniqueKeysWithValues: entries.map { ($0.path, $0) })
        let listing = try PictureListing(
            paths: entries.map(\.path),
            folders: folders,
            split: split,
            place: file.path
        ) { path in
            try byPath[path].map(archive.contents) ?? Data()
        }
        items = listing.items
        classNames = listing.classNames
        problems = listing.problems + archive.guesses
        isSplit = listing.isSplit
        name =
            file.deletingPathExtension().lastPathComponent
            + (listing.isSplit ? "-\(split.rawValue)" : "")
        origin = Origin(
            identity: "\(file.standardizedFileURL.path)|zip, listed by rules 3, \(split.rawValue)",
            files: [file]
        )
    }

    /// How many pictures there are.
    public var count: Int { items.count }

    /// The path within the archive, the class and its name.
    public func record(at index: Int) -> ExampleRecord {
        items[index].record(classNames: classNames)
    }

    /// Unpacks and decodes an entry.
    public func picture(at index: Int) throws -> Picture {
        let entry = entries[items[index].ordinal]
        let name = "\(archive.file.path):\(entry.path)"
        let data = try archive.contents(of: entry)
        let suffix = entry.path.split(separator: ".").last.map(String.init) ?? ""
        if !decoding.allowsMislabelled, let found = PictureFormat(magic: data),
            let expected = PictureFormat(fileExtension: suffix), expected != found
        {
            throw ImagingError.mislabelled(name: name, expected: expected, found: found)
        }
        return try Picture(decoding: data, name: name, limits: decoding)
    }
}
