import Foundation
import Imaging

/// Icons of the Tango desktop that show a thing, from Debian's package `tango-icon-theme`; public
/// domain.
public struct TangoSource: PictureSource {
    /// The set's name, `tango`.
    public let name = "tango"

    /// The folders of the theme that hold things.
    public let classNames = ["devices", "emotes", "objects", "weather"]

    /// The folder and its files.
    public let origin: Origin

    private let items: [Item]
    private let pixels: Int

    /// The package it comes in.
    public static let package = DebianPackage(
        "tango-icon-theme",
        path: "usr/share/icons/Tango/scalable"
    )

    /// Who drew them, and under which terms.
    public static let provenance = PictureProvenance(
        artist: "Tango Desktop Project",
        licence: "public domain",
        source: "tango-icon-theme 0.8.90"
    )

    private struct Item: Sendable {
        let file: URL
        let record: ExampleRecord
    }

    /// Lists the icons that show a thing with a name.
    ///
    /// - Parameters:
    ///   - folder: The folder of the package; nothing to look where it is.
    ///   - pixels: The side of every picture.
    /// - Throws: `DatasetError` that says how to get the package.
    public init(folder: URL? = nil, pixels: Int = 128) throws {
        let folder = try (folder ?? Self.package.located()).standardizedFileURL
        let classes = classNames
        items = TangoIcons.all.compactMap { icon in
            let file = folder.appending(path: "\(icon.path).svg")
            guard FileFacts(file)?.isFile == true else { return nil }
            return Item(
                file: file,
                record: ExampleRecord(
                    identifier: icon.path,
                    label: classes.firstIndex(of: icon.kind),
                    captions: [
                        Caption(language: "en", text: icon.english),
                        Caption(language: "zh", text: icon.chinese),
                    ],
                    tags: [icon.kind]
                )
            )
        }
        guard !items.isEmpty else {
            throw DatasetError(
                .missing,
                at: folder.path,
                "holds none of the theme's icons",
                cure: "install the package again: apt-get install tango-icon-theme"
            )
        }
        self.pixels = pixels
        origin = Origin(identity: "\(folder.path)|icons \(pixels)", files: items.map(\.file))
    }

    /// How many pictures there are.
    public var count: Int { items.count }

    /// Path, kind, names.
    public func record(at index: Int) -> ExampleRecord { items[index].record }

    /// Draws an icon, cut to what can be seen, in the middle of a square.
    public func picture(at index: Int) throws -> Picture {
        let item = items[index]
        return try Picture.drawn(item.file, pixels: pixels, identifier: item.record.identifier)
    }
}
