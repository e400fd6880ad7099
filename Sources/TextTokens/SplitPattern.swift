/// A regular expression that texts are cut with, of the kind that tokenizers' files hold.
///
/// Characters are Unicode scalars; alternatives are tried in their order; the end `$` is that of a line. These are
/// Oniguruma's rules, for which the expressions were written.
struct SplitPattern: Sendable {
    /// A part of an expression.
    indirect enum Part: Sendable {
        /// So many of a set's characters, as many as can be.
        case run(ScalarSet, least: Int, most: Int, keepsAll: Bool)
        /// One after the other.
        case sequence([Part])
        /// The first that leads to a match.
        case choice([Part])
        /// It, or nothing.
        case optional(Part)
        /// Whether it follows, or not, without taking it.
        case ahead(Part, isThere: Bool)
        /// The end of a line.
        case end
    }

    private let part: Part

    /// Reads an expression.
    ///
    /// - Throws: `TextTokensError` that names what is not known here.
    init(_ expression: String) throws(TextTokensError) {
        var parser = SplitPatternParser(expression)
        part = try parser.all()
    }

    /// A text to look for.
    init(exactly text: String) {
        part = .sequence(
            text.unicodeScalars.map { .run(ScalarSet($0), least: 1, most: 1, keepsAll: false) }
        )
    }

    /// Where the expression fits, from left to right, without overlap.
    func matches(in text: ArraySlice<Unicode.Scalar>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = text.startIndex
        while place <= text.endIndex {
            guard let end = Self.end(of: part, in: text, from: place, then: { $0 }) else {
                place += 1
                continue
            }
            found.append(place..<end)
            place = max(end, place + 1)
        }
        return found
    }

    /// Where a match ends that begins with a part and goes on with the rest; nothing for none.
    private static func end(
        of part: Part,
        in text: ArraySlice<Unicode.Scalar>,
        from place: Int,
        then rest: (Int) -> Int?
    ) -> Int? {
        switch part {
        case .run(let set, let least, let most, let keepsAll):
            let limit = most < text.endIndex - place ? place + most : text.endIndex
            var end = place
            while end < limit, set.contains(text[end]) { end += 1 }
            guard end - place >= least else { return nil }
            if keepsAll { return rest(end) }
            while true {
                if let found = rest(end) { return found }
                guard end - place > least else { return nil }
                end -= 1
            }
        case .sequence(let parts):
            return Self.end(of: parts[...], in: text, from: place, then: rest)
        case .choice(let parts):
            for part in parts {
                if let found = end(of: part, in: text, from: place, then: rest) { return found }
            }
            return nil
        case .optional(let part):
            return end(of: part, in: text, from: place, then: rest) ?? rest(place)
        case .ahead(let part, let isThere):
            let isFound = end(of: part, in: text, from: place, then: { $0 }) != nil
            return isFound == isThere ? rest(place) : nil
        case .end: return place == text.endIndex || text[place] == "\n" ? rest(place) : nil
        }
    }

    private static func end(
        of parts: ArraySlice<Part>,
        in text: ArraySlice<Unicode.Scalar>,
        from place: Int,
        then rest: (Int) -> Int?
    ) -> Int? {
        guard let first = parts.first else { return rest(place) }
        return end(of: first, in: text, from: place) { place in
            end(of: parts.dropFirst(), in: text, from: place, then: rest)
        }
    }
}
