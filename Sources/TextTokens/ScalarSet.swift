/// Characters that one place of a pattern takes: ranges, categories, blanks.
struct ScalarSet: Sendable {
    private var ranges: [ClosedRange<UInt32>] = []
    private var categories: Set<Unicode.GeneralCategory> = []
    private var hasBlanks = false
    private var hasOthers = false
    private var isNegated = false
    private var ignoresCase = false
    /// The answers for ASCII, a bit each.
    private var ascii: (UInt64, UInt64) = (0, 0)

    /// One character.
    init(_ scalar: Unicode.Scalar, ignoresCase: Bool = false) {
        ranges = [scalar.value...scalar.value]
        self.ignoresCase = ignoresCase
        finish()
    }

    /// No character.
    init() {}

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }

    mutating func insert(_ found: Set<Unicode.GeneralCategory>) { categories.formUnion(found) }

    /// Blanks, or all but blanks: `\s` as Oniguruma has it, Unicode's White_Space.
    mutating func insert(blanks: Bool) {
        if blanks { hasBlanks = true } else { hasOthers = true }
    }

    /// Prepares the answers, when all is in.
    mutating func finish(isNegated: Bool = false, ignoresCase: Bool? = nil) {
        self.isNegated = isNegated
        if let ignoresCase { self.ignoresCase = ignoresCase }
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] =
                    last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        ranges = merged
        for value in UInt32(0)..<128 {
            guard let scalar = Unicode.Scalar(value), looksUp(scalar) else { continue }
            if value < 64 { ascii.0 |= 1 << value } else { ascii.1 |= 1 << (value - 64) }
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return ascii.0 >> value & 1 == 1 }
        if value < 128 { return ascii.1 >> (value - 64) & 1 == 1 }
        return looksUp(scalar)
    }

    private func looksUp(_ scalar: Unicode.Scalar) -> Bool {
        var isIn = holds(scalar)
        if !isIn, ignoresCase {
            let folded = scalar.folded
            isIn =
                holds(folded)
                || folded.properties.uppercaseMapping.unicodeScalars.first.map(holds) == true
        }
        return isIn != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        if low < ranges.count, ranges[low].contains(value) { return true }
        if hasBlanks || hasOthers {
            let isBlank = scalar.properties.isWhitespace
            if isBlank ? hasBlanks : hasOthers { return true }
        }
        return !categories.isEmpty && categories.contains(scalar.properties.generalCategory)
    }
}

extension Unicode.Scalar {
    /// The same for all cases of a letter.
    var folded: Unicode.Scalar {
        let upper = properties.uppercaseMapping.unicodeScalars
        guard upper.count == 1, let upper = upper.first else { return self }
        let lower = upper.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? self : self
    }
}

extension Unicode.GeneralCategory {
    /// Categories by their short names, `L` and `Lu`.
    static let byName: [String: Set<Unicode.GeneralCategory>] = {
        let single: [(String, Unicode.GeneralCategory)] = [
            ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
            ("Lm", .modifierLetter), ("Lo", .otherLetter), ("Mn", .nonspacingMark),
            ("Mc", .spacingMark), ("Me", .enclosingMark), ("Nd", .decimalNumber),
            ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
            ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
            ("Pi", .initialPunctuation), ("Pf", .finalPunctuation), ("Po", .otherPunctuation),
            ("Sm", .mathSymbol), ("Sc", .currencySymbol), ("Sk", .modifierSymbol),
            ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
            ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format),
            ("Cs", .surrogate), ("Co", .privateUse), ("Cn", .unassigned),
        ]
        var names: [String: Set<Unicode.GeneralCategory>] = [:]
        for (name, category) in single {
            names[name] = [category]
            names[String(name.prefix(1)), default: []].insert(category)
        }
        return names
    }()

    /// All of them.
    static let every = byName.values.reduce(into: Set()) { $0.formUnion($1) }
}
