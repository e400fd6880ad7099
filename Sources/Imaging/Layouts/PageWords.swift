/// Words set as large as a place allows.
enum PageWords {
    private static let font = "DejaVu Sans Bold"
    /// Pixels of letters in which lines are tried.
    private static let trial = 48

    /// Words in up to six lines, those that can be largest.
    ///
    /// - Parameters:
    ///   - text: Its own lines stay.
    ///   - width: Pixels that there are.
    ///   - height: Pixels that there are.
    /// - Returns: The words, black, on nothing.
    /// - Throws: `ImagingError` where no font can draw them.
    static func fitted(_ text: String, width: Int, height: Int) throws -> Picture {
        var best: (scale: Double, text: String)?
        for candidate in arrangements(of: text) {
            let drawn = try Picture.text(candidate, font: "\(font) \(trial)")
            let scale = min(
                Double(width) / Double(drawn.width),
                Double(height) / Double(drawn.height)
            )
            if best.map({ scale > $0.scale }) ?? true { best = (scale, candidate) }
        }
        guard let best else {
            throw ImagingError.notDrawn(text: text, font: font, reason: "there are no words")
        }
        let size = max(Int(Double(trial) * best.scale), 1)
        let drawn = try Picture.text(best.text, font: "\(font) \(size)").converted(channels: 4)
        guard drawn.width > width || drawn.height > height else { return drawn }
        // Hinting may make letters a pixel wider than in the trial.
        let scale = min(
            Double(width) / Double(drawn.width),
            Double(height) / Double(drawn.height)
        )
        return drawn.resized(
            width: max(min(Int(Double(drawn.width) * scale), width), 1),
            height: max(min(Int(Double(drawn.height) * scale), height), 1)
        )
    }

    /// The text in its own lines, or broken into two to six of about one length.
    static func arrangements(of text: String) -> [String] {
        guard !text.contains(where: \.isNewline) else { return [text] }
        // Chinese may be broken after any character.
        let hasSpaces = text.contains(" ")
        let pieces =
            hasSpaces
            ? text.split(separator: " ").map(String.init) : text.map(String.init)
        guard !pieces.isEmpty else { return [] }
        let joint = hasSpaces ? " " : ""
        let isBreakable = hasSpaces || text.contains { ("\u{2E80}"..."\u{FFDC}").contains($0) }
        return (1...(isBreakable ? min(6, pieces.count) : 1)).map { lines in
            let length = pieces.reduce(0) { $0 + $1.count + joint.count } / lines
            var broken: [[String]] = [[]]
            var used = 0
            for piece in pieces {
                if used >= length, broken.count < lines {
                    broken.append([])
                    used = 0
                }
                broken[broken.count - 1].append(piece)
                used += piece.count + joint.count
            }
            return broken.map { $0.joined(separator: joint) }.joined(separator: "\n")
        }
    }
}
