import Foundation

/// A text in the form in which words are compared: however it was dressed up, the same words give
/// the same form.
///
/// Source: Unicode Standard Annex 15 (NFKC) and Technical Standard 39 (confusable characters), of
/// which the letters that look like Latin ones are taken.
public struct ComparableText: Sendable, Equatable {
    /// The words: runs of letters and digits in lower case, without accents; each Chinese character
    /// is a word of its own.
    public let words: [String]

    /// The words of a text.
    public init(_ text: String) {
        let folded = text.precomposedStringWithCompatibilityMapping
            .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
        var words: [String] = []
        var word = ""
        func close() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for scalar in folded.unicodeScalars where scalar.properties.generalCategory != .format {
            if Self.isIdeographic(scalar) {
                close()
                words.append(String(scalar))
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.unicodeScalars.append(Self.latin[scalar] ?? scalar)
            } else {
                close()
            }
        }
        close()
        self.words = words
    }

    /// Whether the words of a phrase stand in it one after the other.
    public func contains(_ phrase: ComparableText) -> Bool {
        let count = phrase.words.count
        guard count > 0, count <= words.count else { return false }
        return (0...words.count - count).contains { start in
            words[start..<start + count].elementsEqual(phrase.words)
        }
    }

    private static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isIdeographic
    }

    /// Letters of other scripts by the Latin ones that they look like.
    private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs: [(String, String)] = [
            ("авеіјкмнорсстухѕԁԛԝ", "abeijkmhopcctyxsdqw"), ("αβεικνορτυχ", "abeikvoptux"),
            ("ıɑɡ", "iag"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (others, letters) in pairs {
            for (other, letter) in zip(others.unicodeScalars, letters.unicodeScalars) {
                table[other] = letter
            }
        }
        return table
    }()
}
