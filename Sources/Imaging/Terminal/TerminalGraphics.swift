import Foundation

/// Ways in which terminals show pictures among text.
public enum TerminalGraphics: String, Sendable, CaseIterable {
    /// Kitty's protocol: files in pieces of base64.
    case kitty
    /// iTerm2's: one file in base64.
    case iterm
    /// DEC's: six rows of pixels a line, in a palette.
    case sixel
    /// Half blocks in two colours each, which any terminal with true colour has.
    case blocks

    /// What a terminal understands, by what it says of itself; nothing for one that shows no colours.
    ///
    /// `ATELIER_PICTURES` names a way, or `none`.
    ///
    /// Source: the terminals' documentation: KITTY_WINDOW_ID, TERM_PROGRAM, COLORTERM.
    public init?(environment: [String: String]) {
        if let wanted = environment["ATELIER_PICTURES"] {
            self.init(rawValue: wanted.lowercased())
            return
        }
        let term = environment["TERM"] ?? ""
        let program = environment["TERM_PROGRAM"] ?? ""
        // An empty wish for no colours is none.
        guard !term.isEmpty, term != "dumb", (environment["NO_COLOR"] ?? "").isEmpty else {
            return nil
        }
        // Multiplexers pass no pictures on.
        let isWrapped = environment["TMUX"] != nil || term.hasPrefix("screen")
        if !isWrapped {
            if environment["KITTY_WINDOW_ID"] != nil || term == "xterm-kitty"
                || program == "ghostty"
            {
                self = .kitty
                return
            }
            if ["iTerm.app", "WezTerm", "vscode"].contains(program) {
                self = .iterm
                return
            }
            if ["foot", "mlterm", "yaft"].contains(where: term.hasPrefix) {
                self = .sixel
                return
            }
        }
        guard ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") else { return nil }
        self = .blocks
    }

    /// A picture as text that shows it, with the end of its line.
    ///
    /// - Parameters:
    ///   - picture: What to show.
    ///   - columns: How wide the terminal is, in characters.
    /// - Returns: Text to print as it is.
    /// - Throws: `ImagingError/notEncoded(format:reason:)`.
    public func text(_ picture: Picture, columns: Int) throws -> String {
        switch self {
        case .kitty: try Self.kitty(picture.encoded(as: .png(compression: 3)))
        case .iterm: try Self.iterm(picture.encoded(as: .png(compression: 3)))
        case .sixel: SixelText.text(picture.flattened(background: .black))
        case .blocks: Self.blocks(picture, columns: columns)
        }
    }

    /// Source: Kitty's documentation, "Terminal graphics protocol": a=T shows at once, f=100 is PNG,
    /// m=1 says that more pieces follow.
    private static func kitty(_ png: Data) -> String {
        let text = Array(png.base64EncodedString().utf8)
        let size = 4096
        var result = ""
        for start in stride(from: 0, to: text.count, by: size) {
            let piece = text[start..<min(start + size, text.count)]
            let isLast = start + size >= text.count
            let head = start == 0 ? "a=T,f=100," : ""
            result += "\u{1B}_G\(head)m=\(isLast ? 0 : 1);"
            result += String(decoding: piece, as: UTF8.self) + "\u{1B}\\"
        }
        return result + "\n"
    }

    /// Source: iTerm2's documentation, "Inline images protocol".
    private static func iterm(_ png: Data) -> String {
        "\u{1B}]1337;File=inline=1;size=\(png.count):\(png.base64EncodedString())\u{07}\n"
    }

    /// Upper half blocks: the letter's colour is the upper pixel, the ground's the lower one; what
    /// is not there stays the terminal's own.
    private static func blocks(_ picture: Picture, columns: Int) -> String {
        let shown = picture.converted(depth: .eight).converted(channels: 4)
        let scale = min(1, Double(max(columns, 8)) / Double(shown.width))
        let small = shown.resized(
            width: max(Int(Double(shown.width) * scale), 1),
            height: max(Int(Double(shown.height) * scale), 1)
        )
        func color(_ x: Int, _ y: Int) -> String? {
            guard y < small.height, small[x, y, 3] > 127 else { return nil }
            return (0..<3).map { String(small[x, y, $0]) }.joined(separator: ";")
        }
        var result = ""
        for y in stride(from: 0, to: small.height, by: 2) {
            for x in 0..<small.width {
                switch (color(x, y), color(x, y + 1)) {
                case (let upper?, let lower?): result += "\u{1B}[38;2;\(upper);48;2;\(lower)m▀"
                case (let upper?, nil): result += "\u{1B}[0;38;2;\(upper)m▀"
                case (nil, let lower?): result += "\u{1B}[0;38;2;\(lower)m▄"
                case (nil, nil): result += "\u{1B}[0m "
                }
            }
            result += "\u{1B}[0m\n"
        }
        return result
    }
}
