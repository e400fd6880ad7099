import Foundation
import Imaging
import Testing

/// Pictures as what terminals understand.
@Suite struct TerminalGraphicsTests {
    private let picture = Picture(
        width: 2,
        height: 2,
        channels: 4,
        samples: [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 0]
    )

    @Test(
        arguments: [
            (["TERM": "xterm-kitty"], TerminalGraphics.kitty),
            (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .iterm),
            (["TERM": "foot"], .sixel),
            (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .blocks),
            (["TERM": "tmux-256color", "TMUX": "1", "KITTY_WINDOW_ID": "1"], nil),
            (["TERM": "dumb", "COLORTERM": "truecolor"], nil),
            (["TERM": "xterm", "NO_COLOR": "1", "COLORTERM": "truecolor"], nil),
            (["TERM": "xterm", "NO_COLOR": "", "COLORTERM": "truecolor"], .blocks),
            (["TERM": "xterm", "ATELIER_PICTURES": "sixel"], .sixel),
            (["TERM": "xterm-kitty", "ATELIER_PICTURES": "none"], nil), ([:], nil),
        ] as [([String: String], TerminalGraphics?)]
    )
    func terminalsAreKnown(_ environment: [String: String], _ expected: TerminalGraphics?) {
        #expect(TerminalGraphics(environment: environment) == expected)
    }

    @Test func kittyGetsTheFileInPieces() throws {
        let large = Picture(
            width: 100,
            height: 100,
            channels: 3,
            samples: (0..<30_000).map { index -> UInt8 in
                let mixed = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
                return UInt8(((mixed ^ (mixed >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> 56)
            }
        )
        let text = try TerminalGraphics.kitty.text(large, columns: 80)
        let pieces = text.components(separatedBy: "\u{1B}\\").dropLast()
        #expect(pieces.count > 2)
        #expect(pieces.first?.hasPrefix("\u{1B}_Ga=T,f=100,m=1;") == true)
        #expect(pieces.last?.hasPrefix("\u{1B}_Gm=0;") == true)
        let joined = pieces.map { $0.drop { $0 != ";" }.dropFirst() }.joined()
        let file = try #require(Data(base64Encoded: joined))
        #expect(try Picture(decoding: file, name: "piece") == large)
    }

    @Test func itermGetsTheFileWhole() throws {
        let text = try TerminalGraphics.iterm.text(picture, columns: 80)
        #expect(text.hasPrefix("\u{1B}]1337;File=inline=1;size="))
        let file = try #require(
            Data(
                base64Encoded: String(text.drop { $0 != ":" }.dropFirst().prefix { $0 != "\u{07}" })
            )
        )
        #expect(try Picture(decoding: file, name: "file") == picture)
    }

    /// Red above blue, green above nothing.
    @Test func blocksHaveTwoColours() throws {
        let text = try TerminalGraphics.blocks.text(picture, columns: 80)
        #expect(
            text == "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0;38;2;0;255;0m▀\u{1B}[0m\n"
        )
    }

    /// Red is colour 5·36, green 5·6, blue 5, black 0; a pixel of the first row is 1, of the second 2.
    @Test func sixelsAreBandsOfSix() throws {
        let text = try TerminalGraphics.sixel.text(picture, columns: 80)
        #expect(text.hasPrefix("\u{1B}P0;1q\"1;1;2;2"))
        #expect(text.contains("#180;2;100;0;0"))
        #expect(text.hasSuffix("#0?A$#5A?$#30?@$#180@?$-\u{1B}\\\n"))
    }
}
