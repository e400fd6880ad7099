import Foundation
import Imaging

/// Emoji with names and keywords, drawn on nothing by one of several artists.
///
/// Up to 3,650 RGBA pictures: two thirds are people in skin tones, genders and professions. The
/// class is the group; group and subgroup are tags; there is a caption in each language.
public struct EmojiSource: PictureSource {
    /// `emoji`, or the name of another hand.
    public let name: String

    /// Who drew them.
    public let hand: EmojiHand

    /// The groups, in the order of the Unicode list.
    public let classNames: [String]

    /// The lists, the font and the size.
    public let origin: Origin

    /// The width and height of every picture.
    public let pixels: Int

    private let records: [ExampleRecord]
    private let sequences: [EmojiSequence]
    private let drawing: EmojiDrawing

    /// Lists all emoji; nothing is drawn yet.
    ///
    /// - Parameters:
    ///   - pixels: The width and height of every picture.
    ///   - languages: The languages of the captions, as CLDR's files are named.
    ///   - files: Where the lists are.
    ///   - hand: Who drew them.
    ///   - font: The font of Noto's hand.
    /// - Throws: `DatasetError` that names the file or font and the packages to install.
    public init(
        pixels: Int = 128,
        languages: [String] = ["en", "zh"],
        files: EmojiFiles = .installed,
        hand: EmojiHand = .noto,
        font: EmojiFont = .noto
    ) throws {
        guard (1...4096).contains(pixels) else {
            throw DatasetError(
                .request,
                at: "emoji",
                "a size of \(pixels) is out of range",
                cure: "choose from 1 to 4096 pixels"
            )
        }
        guard let text = try? String(contentsOf: files.sequences, encoding: .utf8) else {
            throw DatasetError(
                .missing,
                at: files.sequences.path,
                "there is no such file",
                cure: EmojiFiles.cure
            )
        }
        let drawing = try EmojiDrawing(hand, font: font)
        let sequences = try EmojiSequence.read(text, file: files.sequences.path)
            .filter(drawing.has)
        let annotations = try languages.map { language in
            (language, try EmojiAnnotations(files.files(of: language)))
        }
        var groups: [String] = []
        for sequence in sequences where !groups.contains(sequence.group) {
            groups.append(sequence.group)
        }
        classNames = groups
        self.sequences = sequences
        records = sequences.map { sequence in
            var captions = annotations.compactMap { language, found in
                found.caption(of: sequence.key, language: language)
            }
            if languages.contains("en"), !captions.contains(where: { $0.language == "en" }) {
                captions.insert(Caption(language: "en", text: sequence.name), at: 0)
            }
            return ExampleRecord(
                identifier: sequence.codePoints,
                label: groups.firstIndex(of: sequence.group),
                captions: captions,
                tags: [sequence.group, sequence.subgroup]
            )
        }
        self.pixels = pixels
        self.hand = hand
        self.drawing = drawing
        name = hand == .noto ? "emoji" : hand.rawValue
        let drawn = hand == .noto ? font.family : hand.rawValue
        let package = hand.package.place.map(Self.files) ?? []
        origin = Origin(
            identity: "emoji \(drawn) \(pixels) \(languages.joined(separator: " "))",
            files: [files.sequences] + languages.flatMap(files.files(of:)) + package
        )
    }

    /// How many emoji the list has; a few of them the font may not be able to draw.
    public var count: Int { records.count }

    /// Code points, group, captions.
    public func record(at index: Int) -> ExampleRecord { records[index] }

    /// The characters of an emoji.
    public func text(at index: Int) -> String { sequences[index].text }

    /// Draws an emoji.
    ///
    /// - Throws: `DatasetError.undrawable` where the font has no picture for it.
    public func picture(at index: Int) throws -> Picture {
        do {
            return try drawing.picture(of: sequences[index], pixels: pixels)
        } catch ImagingError.notDrawn(_, let font, let reason) {
            guard isFontInstalled else {
                throw DatasetError(
                    .missing,
                    at: font,
                    "the font is not installed",
                    cure: EmojiFiles.cure
                )
            }
            throw DatasetError(.undrawable, at: records[index].identifier, reason, cure: "")
        }
    }

    private var isFontInstalled: Bool {
        guard case .bitmaps(let font) = drawing else { return true }
        return font.isInstalled
    }

    /// A file, or the files in a folder, for the cache to notice another version.
    private static func files(_ place: URL) -> [URL] {
        guard FileFacts(place)?.isFolder == true else { return [place] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return names.sorted().map { place.appending(path: $0) }
    }
}
