import Files
import Foundation
import Testing

@Suite("Text for terminals")
struct TerminalTextTests {
    @Test("what steers a terminal is written out, lines stay lines")
    func steering() {
        #expect(TerminalText.shown("a\u{1B}[31mred\u{7}\n\tb") == "a\\x1b[31mred\\x07\n\tb")
        #expect(TerminalText.shown("\u{9B}31m\u{202E}gnp.exe") == "\\x9b31m\\u{202e}gnp.exe")
        #expect(TerminalText.shown("back\rover") == "back\\rover")
        #expect(TerminalText.name("a\nb\u{1B}[31m.png") == "a\\nb\\x1b[31m.png")
        #expect(TerminalText.name("狐狸 🦊 é‍") == "狐狸 🦊 é‍")
        #expect(FileError("read", path: "a\nb", code: 2).description.contains("read a\\nb: "))
    }

    @Test("no character that terminals obey is left, and nothing else changes")
    func all() {
        for value in UInt32(0)...0x2_FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "x\(Character(scalar))y"
            let (shown, name) = (TerminalText.shown(text), TerminalText.name(text))
            let isControl = scalar.properties.generalCategory == .control
            let turns = (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
            let breaks = scalar == "\n" || scalar == "\t"
            #expect((shown != text) == (isControl && !breaks || turns))
            #expect((name != text) == (isControl || turns || value == 0x2028 || value == 0x2029))
            #expect(!name.unicodeScalars.contains { $0.properties.generalCategory == .control })
        }
    }

    @Test func jsonMeansTheSameAndSteersNothing() throws {
        let texts = ["\u{202E}a\u{9B}2J", "\u{7F}\u{2066}红 é", "\"\\\u{1B}[31m", ""]
        let written = String(decoding: try JSONEncoder().encode(texts), as: UTF8.self)
        let safe = TerminalText.json(written)
        #expect(safe == TerminalText.shown(safe))
        #expect(try JSONDecoder().decode([String].self, from: Data(safe.utf8)) == texts)
    }
}
