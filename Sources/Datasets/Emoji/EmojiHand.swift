/// Who drew the emoji: the same names, drawn by different artists.
public enum EmojiHand: String, Codable, Sendable, CaseIterable {
    /// Noto Color Emoji: shaded, in colour.
    case noto
    /// Twemoji: flat, in colour.
    case twemoji
    /// Symbola: black lines.
    case symbola

    /// The package that holds the drawings.
    public var package: DebianPackage {
        switch self {
        case .noto:
            DebianPackage(
                "fonts-noto-color-emoji",
                path: "usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
            )
        case .twemoji:
            DebianPackage(
                "texlive-pictures",
                path: "usr/share/texlive/texmf-dist/tex/latex/twemojis"
            )
        case .symbola:
            DebianPackage(
                "fonts-symbola",
                path: "usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"
            )
        }
    }

    /// Who drew them, and under which terms.
    public var provenance: PictureProvenance {
        switch self {
        case .noto:
            PictureProvenance(
                artist: "Google",
                licence: "SIL Open Font License 1.1",
                source: "Noto Color Emoji"
            )
        case .twemoji:
            PictureProvenance(
                artist: "Twitter and other contributors",
                licence: "CC BY 4.0",
                source: "Twemoji 14.0.1"
            )
        case .symbola:
            PictureProvenance(
                artist: "George Douros",
                licence: "free for any use",
                source: "Symbola 2.60"
            )
        }
    }
}
