import Foundation

extension TextTokenizer {
    /// Reads a `tokenizer.json`.
    ///
    /// - Throws: `TextTokensError` that names what is not known here.
    public init(_ data: Data) throws(TextTokensError) {
        let file = try TokenizerFile(data)
        try file.check([
            "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
            "post_processor", "decoder", "model",
        ])
        // Both only change rows of numbers afterwards, which is for whoever asks.
        try Self.checkFrame(file["post_processor"])
        changes = try Self.changes(file["normalizer"])
        cuts = try Self.cuts(try file.needed("pre_tokenizer"))
        let changes = changes
        added = try (file["added_tokens"]?.list() ?? []).map { (entry) throws(TextTokensError) in
            try Self.added(entry, changes)
        }
        merges = try Self.merges(try file.needed("model"))
    }

    private static func checkFrame(_ entry: TokenizerFile?) throws(TextTokensError) {
        guard let entry else { return }
        let kind = try entry.needed("type").text()
        if kind == "Sequence" {
            for inner in try entry.needed("processors").list() { try checkFrame(inner) }
            return
        }
        let known = ["ByteLevel", "TemplateProcessing", "RobertaProcessing", "BertProcessing"]
        guard known.contains(kind) else { throw entry.wrong("'\(kind)' is not known here") }
    }

    private static func added(
        _ entry: TokenizerFile,
        _ changes: [TextChange]
    ) throws(TextTokensError) -> Added {
        try entry.check(
            ["id", "content", "lstrip", "rstrip", "normalized", "special"],
            ["single_word": "false"]
        )
        let isChanged = try entry.truth("normalized", usual: false)
        let name = Array(try entry.needed("content").text().unicodeScalars)
        guard !name.isEmpty else { throw entry.wrong("it has no name") }
        let number = try entry.needed("id").whole()
        guard (0...Int(Int32.max)).contains(number) else {
            throw entry.wrong("it has the number \(number), which no piece has")
        }
        return Added(
            number: number,
            name: isChanged ? changes.reduce(name) { $1($0) } : name,
            takesBlanksBefore: try entry.truth("lstrip", usual: false),
            takesBlanksAfter: try entry.truth("rstrip", usual: false),
            isChanged: isChanged
        )
    }

    private static func changes(
        _ entry: TokenizerFile?
    ) throws(TextTokensError) -> [TextChange] {
        guard let entry else { return [] }
        switch try entry.needed("type").text() {
        case "Sequence":
            try entry.check(["type", "normalizers"])
            var all: [TextChange] = []
            for inner in try entry.needed("normalizers").list() { all += try changes(inner) }
            return all
        case "NFC":
            try entry.check(["type"])
            return [.composed]
        case "Lowercase":
            try entry.check(["type"])
            return [.lowercase]
        case "Replace":
            try entry.check(["type", "pattern", "content"])
            let new = Array(try entry.needed("content").text().unicodeScalars)
            return [.replaced(try pattern(entry), by: new)]
        case let kind: throw entry.wrong("'\(kind)' is not known here")
        }
    }

    private static let longestPattern = 500

    private static func pattern(_ entry: TokenizerFile) throws(TextTokensError) -> SplitPattern {
        let pattern = try entry.needed("pattern")
        try pattern.check(["Regex", "String"])
        let exact = try pattern["String"]?.text()
        let text: String
        if let exact { text = exact } else { text = try pattern.needed("Regex").text() }
        // Each part of a pattern is looked for within the one before.
        guard text.unicodeScalars.count <= Self.longestPattern else {
            throw pattern.wrong("it has more than \(Self.longestPattern) characters")
        }
        guard exact == nil else { return SplitPattern(exactly: text) }
        do {
            return try SplitPattern(text)
        } catch {
            throw TextTokensError(error.problem, at: pattern.place)
        }
    }

    /// The cuts, of which the last turns pieces into bytes.
    private static func cuts(_ entry: TokenizerFile) throws(TextTokensError) -> [TextCut] {
        let entries =
            try entry.needed("type").text() == "Sequence"
            ? entry.needed("pretokenizers").list() : [entry]
        if entries.first?.place != entry.place { try entry.check(["type", "pretokenizers"]) }
        guard let last = entries.last, try last.needed("type").text() == "ByteLevel" else {
            throw entry.wrong("the last is no ByteLevel, others are not known here")
        }
        var cuts: [TextCut] = []
        for inner in entries.dropLast() { cuts.append(try cut(inner)) }
        try last.check(["type", "add_prefix_space", "trim_offsets", "use_regex"])
        if try last.truth("add_prefix_space", usual: true) { cuts.append(.spaced) }
        if try last.truth("use_regex", usual: true) {
            cuts.append(.split(try SplitPattern(usualPattern), .isolated, isInverted: false))
        }
        return cuts
    }

    /// The expression of byte-level tokenizers that have none of their own: contractions, then runs of letters, of
    /// numbers and of others with a blank before, then blanks, the last of which goes with what follows.
    static let usualPattern =
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

    private static func cut(_ entry: TokenizerFile) throws(TextTokensError) -> TextCut {
        switch try entry.needed("type").text() {
        case "Split":
            try entry.check(["type", "pattern", "behavior", "invert"])
            let behaviour = try entry.needed("behavior")
            guard let kind = TextCut.SplitBehaviour(rawValue: try behaviour.text()) else {
                throw behaviour.wrong("'\(try behaviour.text())' is not known here")
            }
            return .split(
                try pattern(entry),
                kind,
                isInverted: try entry.truth("invert", usual: false)
            )
        case "Digits":
            try entry.check(["type", "individual_digits"])
            return .digits(single: try entry.truth("individual_digits", usual: false))
        case let kind: throw entry.wrong("'\(kind)' is not known here")
        }
    }

    private static func merges(_ model: TokenizerFile) throws(TextTokensError) -> PairMerges {
        guard try model.needed("type").text() == "BPE" else {
            throw model.wrong("'\(try model.needed("type").text())' is not known here")
        }
        try model.check(
            ["type", "vocab", "merges", "end_of_word_suffix", "ignore_merges", "unk_token"],
            ["continuing_subword_prefix": "", "byte_fallback": "false", "fuse_unk": "false"]
        )
        guard let vocabulary = try model.needed("vocab").value as? [String: Int] else {
            throw model.wrong("'vocab' is expected to give each piece a number")
        }
        let list = try model.needed("merges")
        guard let all = list.value as? [Any] else { throw list.wrong("a list is expected") }
        var pairs: [(Substring.UTF8View, Substring.UTF8View)] = []
        pairs.reserveCapacity(all.count)
        for (rank, merge) in all.enumerated() {
            if let line = merge as? String, let pair = pair(line) {
                pairs.append(pair)
            } else if let names = merge as? [String], names.count == 2 {
                pairs.append((names[0][...].utf8, names[1][...].utf8))
            } else {
                throw TextTokensError("two pieces are expected", at: "\(list.place).\(rank)")
            }
        }
        do {
            return try PairMerges(
                vocabulary: vocabulary,
                merges: pairs,
                suffix: try model["end_of_word_suffix"]?.text() ?? "",
                takesWhole: try model.truth("ignore_merges", usual: false)
            )
        } catch {
            throw TextTokensError(error.problem, at: model.place)
        }
    }

    /// The two pieces of a line with one blank.
    static func pair(_ line: String) -> (Substring.UTF8View, Substring.UTF8View)? {
        let parts = line[...].utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
        return (Substring(parts[0]).utf8, Substring(parts[1]).utf8)
    }
}
