/// Text that may come from files and strangers, as it can be shown in a terminal.
public enum TerminalText {
    /// The text with every character that would steer the terminal, or turn the direction of what
    /// follows, written out: `\x1b`, `\u{202e}`.
    ///
    /// Lines stay lines.
    public static func shown(_ text: String) -> String {
        written(text) { steers($0) && $0 != "\n" && $0 != "\t" }
    }

    /// The same for what has to stay on one line, as a name in a message: breaks are written out, too.
    public static func name(_ text: String) -> String {
        written(text) { steers($0) || $0.value == 0x2028 || $0.value == 0x2029 }
    }

    /// JSON in which every such character is written as JSON itself writes characters, so that it means the same.
    ///
    /// - Parameter text: JSON on one line.
    /// - Returns: JSON of the same value.
    public static func json(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: steers) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            guard steers(scalar) else {
                safe.unicodeScalars.append(scalar)
                continue
            }
            let number = String(scalar.value, radix: 16)
            safe += "\\u" + String(repeating: "0", count: 4 - number.count) + number
        }
        return safe
    }

    /// Whether a terminal obeys the character instead of showing it.
    private static func steers(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Control characters of both sets (ECMA-48), and those that turn the direction of the text (UAX 9).
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    private static func written(
        _ text: String,
        where isWritten: (Unicode.Scalar) -> Bool
    ) -> String {
        guard text.unicodeScalars.contains(where: isWritten) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case _ where !isWritten(scalar): shown.unicodeScalars.append(scalar)
            case "\n": shown += "\\n"
            case "\r": shown += "\\r"
            case "\t": shown += "\\t"
            default:
                let number = String(scalar.value, radix: 16)
                shown +=
                    scalar.value < 0x100
                    ? "\\x" + (number.count < 2 ? "0" : "") + number : "\\u{\(number)}"
            }
        }
        return shown
    }
}
