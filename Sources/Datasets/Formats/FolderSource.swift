import Foundation
import Imaging
import Settings

/// Picture files in a folder: one folder for each class, or a `dataset.json`, or no labels.
public struct FolderSource: PictureSource {
    /// The name of the folder and the split.
    public let name: String

    /// The class names: the folders' names, or the numbers of `dataset.json`.
    public let classNames: [String]

    /// The files and their state.
    public let origin: Origin

    /// Labels that do not fit the files, and what is left out.
    public let problems: [Finding]

    /// Whether the folder is divided into `train` and `test`; else all is in both.
    public let isSplit: Bool

    private let folder: URL
    private let files: [String]
    private let items: [PictureListing.Item]
    private let limits: DecodingLimits

    /// Lists a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder; folders in it are looked into, links followed, each folder once.
    ///   - split: Which split, where there are folders `train` and `test` (or `val`).
    ///   - limits: What is allowed of each file.
    /// - Throws: `DatasetError` when it is no folder, the split is absent or `dataset.json` is
    ///   damaged.
    public init(_ folder: URL, split: Split = .train, limits: DecodingLimits = .standard) throws {
        guard FileFacts(folder)?.isFolder == true else {
            throw DatasetError(
                .missing,
                at: folder.path,
                "there is no such folder",
                cure: "check the path"
            )
        }
        self.folder = folder
        self.limits = limits
        let walk = try FolderWalk(folder)
        files = walk.files
        let listing = try PictureListing(
            paths: walk.files,
            folders: walk.folders,
            leftOut: walk.leftOut,
            split: split,
            place: folder.path
        ) { path in
            try Gzip.contents(of: folder.appending(path: path), limit: 256 << 20)
        }
        items = listing.items
        classNames = listing.classNames
        problems = listing.problems
        isSplit = listing.isSplit
        let files = walk.files
        name = folder.lastPathComponent + (listing.isSplit ? "-\(split.rawValue)" : "")
        let used = listing.items.map { files[$0.ordinal] } + listing.described
        origin = Origin(
            identity:
                "\(folder.standardizedFileURL.path)|folder, listed by rules 3, \(split.rawValue)",
            files: used.map { folder.appending(path: $0) }
        )
    }

    /// How many pictures there are.
    public var count: Int { items.count }

    /// The path within the folder, the class and its name.
    public func record(at index: Int) -> ExampleRecord {
        items[index].record(classNames: classNames)
    }

    /// Decodes a file.
    public func picture(at index: Int) throws -> Picture {
        try Picture(
            contentsOf: folder.appending(path: files[items[index].ordinal]),
            limits: limits
        )
    }
}
