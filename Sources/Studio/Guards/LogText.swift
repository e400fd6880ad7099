import Files

/// Texts for logs, in which no line can be forged.
enum LogText {
    /// A text whose control characters are written out.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map {
            $0.value < 32 || (127..<160).contains($0.value) || $0.value == 0x2028
                || $0.value == 0x2029
                ? "\\u{\(String($0.value, radix: 16))}" : String($0)
        }.joined()
    }

    /// The beginning of what someone sent, as it can be shown in a line.
    ///
    /// Counted in code points: a letter may have thousands of marks.
    static func short(_ text: String, _ count: Int = 40) -> String {
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
        let isWhole = start.unicodeScalars.count == text.unicodeScalars.count
        return TerminalText.name(start) + (isWhole ? "" : "…")
    }
}
