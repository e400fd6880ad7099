import Files

/// Texts for logs, in which no line can be forged.
enum LogText {
    /// The beginning of what someone sent, as it can be shown in a line.
    ///
    /// Counted in code points: a letter may have thousands of marks.
    static func short(_ text: String, _ count: Int = 40) -> String {
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
        let isWhole = start.unicodeScalars.count == text.unicodeScalars.count
        return TerminalText.name(start) + (isWhole ? "" : "…")
    }
}
