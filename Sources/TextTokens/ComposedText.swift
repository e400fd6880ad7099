import Foundation

/// Unicode's canonical composition (NFC).
///
/// The marks are those of Unicode 9, as in the program that published tokenizers were written by. Foundation's own joins some letters of old Korean that stay apart.
enum ComposedText {
    private static let (leads, vowels, tails) = (UInt32(0x1100), UInt32(0x1161), UInt32(0x11A7))
    private static let syllables = UInt32(0xAC00)

    /// The same text, letters and accents as one where there is one.
    static func of(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard text.contains(where: { $0.value >= 0x300 }) else { return text }
        var parts = text.flatMap(parts)
        order(&parts)
        var result: [Unicode.Scalar] = []
        var starter: Int?
        var last: UInt8 = 0
        for part in parts {
            let rank = rank(of: part)
            // Between a starter and a mark of its own lies nothing of the same rank or a higher one.
            if let place = starter, place == result.count - 1 || (last != 0 && last < rank),
                let whole = joined(result[place], part)
            {
                result[place] = whole
                continue
            }
            if rank == 0 { starter = result.count }
            last = rank
            result.append(part)
        }
        return result
    }

    /// How near to its letter a mark stands; 0 for letters, and for marks that the tables of the tokenizers' program
    /// do not know.
    private static func rank(of scalar: Unicode.Scalar) -> UInt8 {
        isKnown(scalar) ? scalar.properties.canonicalCombiningClass.rawValue : 0
    }

    private static func isKnown(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.age.map { $0.major <= 9 } ?? false
    }

    private static func parts(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        guard scalar.value >= 0xC0 else { return [scalar] }
        return Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
    }

    /// Marks between starters, by their ranks; those of one rank stay in their order.
    private static func order(_ parts: inout [Unicode.Scalar]) {
        var place = 0
        while place < parts.count {
            guard rank(of: parts[place]) > 0 else {
                place += 1
                continue
            }
            var end = place
            while end < parts.count, rank(of: parts[end]) > 0 { end += 1 }
            let sorted = parts[place..<end].enumerated().sorted {
                (rank(of: $0.element), $0.offset) < (rank(of: $1.element), $1.offset)
            }
            parts.replaceSubrange(place..<end, with: sorted.map(\.element))
            place = end
        }
    }

    private static func joined(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Unicode.Scalar? {
        if (leads..<leads + 19).contains(a.value) {
            guard (vowels..<vowels + 21).contains(b.value) else { return nil }
            return Unicode.Scalar(
                syllables + ((a.value - leads) * 21 + b.value - vowels) * 28
            )
        }
        if (syllables..<syllables + 11_172).contains(a.value) {
            let isOpen = (a.value - syllables) % 28 == 0
            guard isOpen, (tails + 1..<tails + 28).contains(b.value) else { return nil }
            return Unicode.Scalar(a.value + b.value - tails)
        }
        guard b.value >= 0x300, !(0x1100..<0x1200).contains(a.value) else { return nil }
        // Foundation forgets this one vowel of Kannada.
        if (a.value, b.value) == (0xCCA, 0xCD5) { return Unicode.Scalar(0xCCB) }
        let whole = String(String.UnicodeScalarView([a, b])).precomposedStringWithCanonicalMapping
            .unicodeScalars
        return whole.count == 1 ? whole.first.flatMap { isKnown($0) ? $0 : nil } : nil
    }
}
