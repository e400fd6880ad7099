import Foundation
import Imaging

/// How a hand's emoji become pixels: a colour font, a PDF file with a page for each, or a font of
/// outlines.
enum EmojiDrawing: Sendable {
    /// An installed font made of bitmaps.
    case bitmaps(EmojiFont)
    /// A file with a page for each emoji, by the characters without variation selectors.
    case pages(Data, [String: Int], file: URL)
    /// A font file whose glyphs are black shapes, and the characters that it has.
    case outlines(URL, family: String, characters: [ClosedRange<UInt32>])

    /// The drawing of a hand.
    ///
    /// - Throws: `DatasetError` that names the package to get.
    init(_ hand: EmojiHand, font: EmojiFont) throws {
        switch hand {
        case .noto:
            self = .bitmaps(font)
        case .twemoji:
            let folder = try hand.package.located()
            let file = folder.appending(path: "all-twemojis.pdf")
            let list = folder.appending(path: "twemojis.sty")
            guard let data = try? Data(contentsOf: file, options: .alwaysMapped),
                let text = try? String(contentsOf: list, encoding: .utf8)
            else {
                throw DatasetError(
                    .missing,
                    at: folder.path,
                    "all-twemojis.pdf and twemojis.sty cannot be read",
                    cure: "install the package texlive-pictures again"
                )
            }
            self = .pages(data, EmojiDrawing.pages(of: text), file: file)
        case .symbola:
            let file = try hand.package.located()
            self = .outlines(
                file,
                family: "Symbola",
                characters: try FontCharacters.ranges(of: file)
            )
        }
    }

    /// Whether there is a drawing of an emoji; a font of bitmaps is only known when it is asked.
    func has(_ sequence: EmojiSequence) -> Bool {
        switch self {
        case .bitmaps: return true
        case .pages(_, let pages, _): return pages[sequence.key] != nil
        case .outlines(_, _, let characters):
            let scalars = Array(sequence.key.unicodeScalars)
            guard scalars.count == 1, let scalar = scalars.first else { return false }
            return characters.contains { $0.contains(scalar.value) }
        }
    }

    /// Draws an emoji.
    ///
    /// - Throws: `ImagingError` where there is no drawing of it.
    func picture(of sequence: EmojiSequence, pixels: Int) throws -> Picture {
        switch self {
        case .bitmaps(let font):
            return try Picture.emoji(sequence.text, font: font, pixels: pixels)
        case .pages(let data, let pages, let file):
            guard let page = pages[sequence.key] else {
                throw ImagingError.notDrawn(
                    text: sequence.text,
                    font: file.lastPathComponent,
                    reason: "it has no page"
                )
            }
            return try Picture.shapes(
                data,
                format: .pdf(page: page),
                side: pixels,
                place: file.path
            ).resized(width: pixels, height: pixels, fit: .contain, background: .clear)
        case .outlines(let file, let family, _):
            let drawn = try Picture.text(
                sequence.key,
                font: "\(family) \(2 * pixels)",
                file: file.path,
                fallback: false
            )
            return drawn.resized(width: pixels, height: pixels, fit: .contain, background: .clear)
        }
    }

    /// The pages of a list of macros, counted from 0: `\defineTwemoji{3}{1f170}`.
    private static func pages(of text: String) -> [String: Int] {
        var pages: [String: Int] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("\\defineTwemoji{") {
            let parts = line.split { $0 == "{" || $0 == "}" }
            guard parts.count >= 3, let page = Int(parts[1]), page > 0 else { continue }
            let scalars = parts[2].split(separator: "-")
                .map { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
            // Other names of the same page are words.
            guard !scalars.isEmpty, !scalars.contains(nil), parts[2].count >= 2 else { continue }
            let known = scalars.compactMap { $0 }.filter { $0.value != 0xFE0F }
            let key = String(String.UnicodeScalarView(known))
            if pages[key] == nil { pages[key] = page - 1 }
        }
        return pages
    }
}
