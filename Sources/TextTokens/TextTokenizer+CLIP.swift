import Foundation

extension TextTokenizer {
    /// CLIP's tokenizer, of its two files: pieces with their numbers, and merges line by line.
    ///
    /// Texts become lower case, runs of blanks one blank; `</w>` ends a word.
    ///
    /// - Parameters:
    ///   - vocabulary: `vocab.json`.
    ///   - merges: `merges.txt`, its first line a comment that begins with `#version`.
    /// - Throws: `TextTokensError` for files that do not belong together.
    public init(clip vocabulary: Data, merges: Data) throws(TextTokensError) {
        guard let numbers = try TokenizerFile(vocabulary).value as? [String: Int] else {
            throw TextTokensError("each piece is expected to have a number", at: "vocab.json")
        }
        var pairs: [(Substring.UTF8View, Substring.UTF8View)] = []
        let lines = String(decoding: merges, as: UTF8.self).utf8.split(separator: 0x0A)
        for (number, line) in lines.enumerated() {
            let line = String(Substring(line))
            if number == 0, line.hasPrefix("#version") { continue }
            guard let pair = Self.pair(line) else {
                throw TextTokensError(
                    "two pieces are expected",
                    at: "merges.txt, line \(number + 1)"
                )
            }
            pairs.append(pair)
        }
        self.merges = try PairMerges(
            vocabulary: numbers,
            merges: pairs,
            suffix: "</w>",
            takesWhole: false
        )
        changes = [
            .composed, .replaced(try SplitPattern(#"\s+"#), by: [" "]), .lowercase,
        ]
        let words = #"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#
        cuts = [
            .split(try SplitPattern(words), .removed, isInverted: true),
            .split(try SplitPattern(Self.usualPattern), .isolated, isInverted: false),
        ]
        added = ["<|startoftext|>", "<|endoftext|>"].compactMap { name in
            numbers[name].map {
                Added(
                    number: $0,
                    name: Array(name.unicodeScalars),
                    takesBlanksBefore: false,
                    takesBlanksAfter: false,
                    isChanged: false
                )
            }
        }
    }
}
