import Foundation

/// What each picture of a set is called, and one way to ask for it at each showing.
///
/// A way to ask is chance: a language, then the name, some keywords or both, so that people who
/// say less, more or something else are understood. It is a function of (seed, epoch, position).
public struct CaptionBook: Sendable {
    /// How texts become rows of pieces.
    public let rows: TextRows
    private let captions: [[Caption]]
    private let seed: UInt64
    private let others: [String]

    /// A book of a set's captions.
    ///
    /// - Parameters:
    ///   - captions: Of each picture, one for each language.
    ///   - rows: How texts become rows of pieces.
    ///   - seed: Of the ways to ask.
    ///   - words: Known ones that are in no caption.
    public init(
        captions: [[Caption]],
        rows: TextRows,
        seed: UInt64,
        beside words: [String] = []
    ) {
        (self.captions, self.rows, self.seed, others) = (captions, rows, seed, words)
    }

    /// The words of all captions and the other known ones, in lower case, each once and in order; a caption without spaces
    /// between words is taken as one.
    public var words: [String] {
        Set(
            CaptionBook.texts(of: captions).flatMap { text in
                text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
            } + others
        ).sorted()
    }

    /// All texts of captions, from which pieces can be found.
    public static func texts(of captions: [[Caption]]) -> [String] {
        captions.joined().flatMap { [$0.text] + $0.keywords }.filter { !$0.isEmpty }
    }

    /// How a picture is asked for at its showing.
    func asking(for index: Int, epoch: Int, position: Int) -> String {
        asking(of: captions[index], epoch: epoch, position: position)
    }

    /// How a picture with those captions is asked for at its showing.
    func asking(of captions: [Caption], epoch: Int, position: Int) -> String {
        guard !captions.isEmpty else { return "" }
        // Another key than the augmentation's, so that the two do not go together.
        var numbers = Philox(
            seed: ~seed,
            stream: UInt32(truncatingIfNeeded: epoch),
            element: UInt32(truncatingIfNeeded: position)
        )
        let caption = captions[numbers.next(below: captions.count)]
        let form = numbers.next(below: 100)
        guard form >= 55, !caption.keywords.isEmpty else { return caption.text }
        let count = min(1 + numbers.next(below: 4), caption.keywords.count)
        var left = caption.keywords
        let chosen = (0..<count).map { _ in left.remove(at: numbers.next(below: left.count)) }
        let parts = form < 78 ? [caption.text] + chosen : chosen
        return parts.joined(separator: caption.language.hasPrefix("zh") ? "，" : ", ")
    }

    /// The pieces of the way that a picture is asked for at its showing.
    ///
    /// Shape: [length].
    func row(for index: Int, epoch: Int, position: Int) -> [Int32] {
        rows.row(asking(for: index, epoch: epoch, position: position))
    }

    /// The pieces of the way that a picture with those captions is asked for at its showing.
    ///
    /// Shape: [length].
    func row(of captions: [Caption], epoch: Int, position: Int) -> [Int32] {
        rows.row(asking(of: captions, epoch: epoch, position: position))
    }

    /// The pieces of a picture's name in the first language.
    ///
    /// Shape: [length].
    public func row(naming index: Int) -> [Int32] {
        rows.row(captions[index].first?.text ?? "")
    }
}
