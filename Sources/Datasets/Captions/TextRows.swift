/// Texts as rows of equally many pieces.
public struct TextRows: Sendable {
    /// The pieces.
    public let pieces: TextPieces
    /// How many of them a row has.
    public let length: Int
    /// The number that fills rows up: it stands for nothing.
    public let filler: Int

    /// Rows of that form.
    public init(pieces: TextPieces, length: Int, filler: Int) {
        (self.pieces, self.length, self.filler) = (pieces, length, filler)
    }

    /// Whether a text has more pieces than a row.
    public func isTooLong(_ text: String) -> Bool { pieces.numbers(of: text).count > length }

    /// The pieces of a text, cut or filled up to the length.
    ///
    /// Shape: [length].
    public func row(_ text: String) -> [Int32] {
        let found = pieces.numbers(of: text).prefix(length)
        return found + [Int32](repeating: Int32(filler), count: length - found.count)
    }
}
