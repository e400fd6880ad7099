import Foundation

/// Cuts texts into numbered pieces as a published model learned them: byte-level pairs, told by its `tokenizer.json`.
///
/// The same text gives the same numbers as in the program that the file was written by.
public struct TextTokenizer: Sendable {
    /// A piece that stands outside the text, such as the mark of a beginning.
    struct Added: Sendable {
        let number: Int
        let name: [Unicode.Scalar]
        let takesBlanksBefore: Bool
        let takesBlanksAfter: Bool
        /// Whether it is looked for after the text was changed.
        let isChanged: Bool
    }

    let merges: PairMerges
    let changes: [TextChange]
    let cuts: [TextCut]
    let added: [Added]

    /// The number of a piece by its name; nothing where there is none.
    public func number(of name: String) -> Int? {
        let scalars = Array(name.unicodeScalars)
        return added.first { $0.name == scalars }?.number ?? merges.piece(named: name)
    }

    /// One more than the largest number of a piece.
    public var count: Int {
        max(
            merges.vocabulary.values.max().map { Int($0) + 1 } ?? 0,
            added.map { $0.number + 1 }.max() ?? 0
        )
    }

    /// The numbers of a text's pieces.
    ///
    /// Nothing is put before or behind them.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - marks: Whether names of pieces outside the text, such as `<begin_of_image>`, stand for them. What a
    ///     person typed is only text.
    /// - Returns: The numbers in the order of the text.
    public func callAsFunction(_ text: String, marks: Bool = false) -> [Int] {
        let scalars = Array(text.unicodeScalars)
        return parts(of: scalars[...], marks ? added.filter { !$0.isChanged } : []).flatMap {
            part -> [Int] in
            switch part {
            case .piece(let number): return [number]
            case .text(let text):
                let changed = changes.reduce(Array(text)) { $1($0) }
                return parts(of: changed[...], marks ? added.filter(\.isChanged) : []).flatMap {
                    part in
                    switch part {
                    case .piece(let number): [number]
                    case .text(let text): plain(text)
                    }
                }
            }
        }
    }

    private func plain(_ text: ArraySlice<Unicode.Scalar>) -> [Int] {
        guard !text.isEmpty else { return [] }
        return cuts.reduce([text]) { pieces, cut in pieces.flatMap { cut($0) } }.flatMap { word in
            merges.pieces(of: word.flatMap { Array(UTF8.encode($0) ?? .init()) })
        }
    }

    private enum Part {
        case piece(Int)
        case text(ArraySlice<Unicode.Scalar>)
    }

    /// A text at the pieces outside it: the leftmost first, the longest of those.
    private func parts(of text: ArraySlice<Unicode.Scalar>, _ marks: [Added]) -> [Part] {
        guard !marks.isEmpty else { return [.text(text)] }
        var parts: [Part] = []
        var (start, place) = (text.startIndex, text.startIndex)
        while place < text.endIndex {
            let mark = marks.filter { text[place...].starts(with: $0.name) }
                .max { $0.name.count < $1.name.count }
            guard let mark else {
                place += 1
                continue
            }
            var (first, last) = (place, place + mark.name.count)
            if mark.takesBlanksBefore {
                while first > start, text[first - 1].properties.isWhitespace { first -= 1 }
            }
            if mark.takesBlanksAfter {
                while last < text.endIndex, text[last].properties.isWhitespace { last += 1 }
            }
            if first > start { parts.append(.text(text[start..<first])) }
            parts.append(.piece(mark.number))
            (start, place) = (last, last)
        }
        if start < text.endIndex { parts.append(.text(text[start...])) }
        return parts
    }
}
