import Foundation
import Imaging

/// Clip art by some five hundred people, from Debian's package `openclipart-svg`: things with a title
/// and keywords, in the public domain.
///
/// Signs, shapes, cards, logos and flags are left out, and so are files without a title that says what
/// they show, or under another licence.
public struct ClipArtSource: PictureSource {
    /// The set's name, `openclipart`.
    public let name = "openclipart"

    /// The names of the folders, such as `animals` and `food`.
    public let classNames: [String]

    /// The folder and its files.
    public let origin: Origin

    /// How many files were left out, by reason.
    public let leftOut: [String: Int]

    private let items: [Item]
    private let pixels: Int

    /// The package it comes in.
    public static let package = DebianPackage(
        "openclipart-svg",
        path: "usr/share/openclipart/svg"
    )

    private struct Item: Sendable {
        let file: URL
        let record: ExampleRecord
        let provenance: PictureProvenance
    }

    /// Folders of things that can be named by a word.
    private static let folders: Set<String> = [
        "animals", "buildings", "computer", "containers", "decorations", "education",
        "electronics", "food", "household", "office", "people", "plants", "recreation",
        "science", "tools", "transportation", "unsorted", "weather",
    ]

    /// Folders inside these that hold anything else.
    private static let others: Set<String> = ["icons", "cards", "duplicates", "flags", "patterns"]

    /// Lists the files and reads what they say of themselves; nothing is drawn yet.
    ///
    /// - Parameters:
    ///   - folder: The folder of the package; nothing to look where it is.
    ///   - pixels: The longer side of every picture.
    /// - Throws: `DatasetError` that says how to get the package.
    public init(folder: URL? = nil, pixels: Int = 128) throws {
        let folder = try (folder ?? Self.package.located()).standardizedFileURL
        guard
            let walker = FileManager.default.enumerator(atPath: folder.path)
        else {
            throw DatasetError(
                .missing,
                at: folder.path,
                "cannot be read",
                cure: "check that you may read it"
            )
        }
        let paths = walker.compactMap { $0 as? String }.filter { $0.hasSuffix(".svg") }.sorted()
        var leftOut: [String: Int] = [:]
        var items: [Item] = []
        for path in paths {
            let parts = path.split(separator: "/").map(String.init)
            guard let top = parts.first, Self.folders.contains(top),
                !parts.dropLast().contains(where: Self.others.contains)
            else {
                leftOut["no pictures of things", default: 0] += 1
                continue
            }
            let file = folder.appending(path: path)
            guard let data = try? Data(contentsOf: file), let told = ClipArtMetadata(data) else {
                leftOut["say nothing of themselves", default: 0] += 1
                continue
            }
            guard told.isPublicDomain else {
                leftOut["another licence, or none", default: 0] += 1
                continue
            }
            guard let title = ClipArtTitle.of(told, file: parts[parts.count - 1]) else {
                leftOut["no title that says what they show", default: 0] += 1
                continue
            }
            let folders = Set(parts.dropLast())
            let keywords = told.subjects.map { $0.lowercased() }
                .filter { !folders.contains($0) && $0 != title && ClipArtTitle.isPlain($0) }
            items.append(
                Item(
                    file: file,
                    record: ExampleRecord(
                        identifier: path,
                        label: nil,
                        captions: [
                            Caption(
                                language: "en",
                                text: title,
                                keywords: Array(keywords.prefix(6))
                            )
                        ],
                        tags: parts.dropLast()
                    ),
                    provenance: PictureProvenance(
                        artist: told.artist,
                        licence: "public domain",
                        source: "openclipart-svg: \(path)"
                    )
                )
            )
        }
        let classes = Array(Set(items.compactMap(\.record.tags.first))).sorted()
        classNames = classes
        self.items = items.map { item in
            Item(
                file: item.file,
                record: ExampleRecord(
                    identifier: item.record.identifier,
                    label: item.record.tags.first.flatMap(classes.firstIndex),
                    captions: item.record.captions,
                    tags: item.record.tags
                ),
                provenance: item.provenance
            )
        }
        self.leftOut = leftOut
        self.pixels = pixels
        origin = Origin(
            identity: "\(folder.path)|clip art \(pixels)",
            files: items.map(\.file)
        )
    }

    /// How many pictures there are.
    public var count: Int { items.count }

    /// Title, keywords, folders.
    public func record(at index: Int) -> ExampleRecord { items[index].record }

    /// Who drew a picture, and under which terms.
    public func provenance(at index: Int) -> PictureProvenance { items[index].provenance }

    /// Draws a file, cut to what can be seen, in the middle of a square.
    public func picture(at index: Int) throws -> Picture {
        let item = items[index]
        return try Picture.drawn(item.file, pixels: pixels, identifier: item.record.identifier)
    }
}
