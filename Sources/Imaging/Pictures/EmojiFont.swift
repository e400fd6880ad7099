/// A colour font made of bitmaps of one size.
public struct EmojiFont: Sendable, Hashable {
    /// The family's name.
    public let family: String
    /// How wide every glyph is at the size of the bitmaps.
    public let cellWidth: Int
    /// How high every glyph is at the size of the bitmaps.
    public let cellHeight: Int

    /// The font size at which the bitmaps are drawn as they are stored.
    static let strike = 109

    /// Noto Color Emoji (Debian's package `fonts-noto-color-emoji`).
    public static let noto = EmojiFont(
        family: "Noto Color Emoji",
        cellWidth: 136,
        cellHeight: 128
    )

    /// Whether the font is installed: a smiling face comes out in colour.
    public var isInstalled: Bool {
        guard let face = try? Picture.emoji("\u{1F600}", font: self, pixels: 32) else {
            return false
        }
        return stride(from: 0, to: face.samples.count, by: 4).contains {
            face.samples[$0] != face.samples[$0 + 2]
        }
    }
}
