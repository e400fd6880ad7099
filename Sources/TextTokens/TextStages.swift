/// A change of the whole text before it is cut.
enum TextChange: Sendable {
    /// Letters and accents become one where there is one.
    case composed
    /// Each letter's small form.
    case lowercase
    /// Every match becomes a text.
    case replaced(SplitPattern, by: [Unicode.Scalar])

    func callAsFunction(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        switch self {
        case .composed: ComposedText.of(text)
        case .lowercase: text.flatMap { $0.properties.lowercaseMapping.unicodeScalars }
        case .replaced(let pattern, let new):
            Self.replaced(text, pattern.matches(in: text[...]), by: new)
        }
    }

    private static func replaced(
        _ text: [Unicode.Scalar],
        _ matches: [Range<Int>],
        by new: [Unicode.Scalar]
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var place = 0
        for match in matches {
            result += text[place..<match.lowerBound] + new
            place = match.upperBound
        }
        return result + text[place...]
    }
}

/// A way to cut the pieces that the stage before has left.
enum TextCut: Sendable {
    /// At what fits an expression, and at what lies between.
    case split(SplitPattern, SplitBehaviour, isInverted: Bool)
    /// Digits from all else: each alone, or in runs.
    case digits(single: Bool)
    /// A blank before pieces that begin with none.
    case spaced

    /// What becomes of what fits.
    enum SplitBehaviour: String, Sendable {
        /// A piece of its own.
        case isolated = "Isolated"
        /// What is found is left out.
        case removed = "Removed"
    }

    func callAsFunction(_ piece: ArraySlice<Unicode.Scalar>) -> [ArraySlice<Unicode.Scalar>] {
        switch self {
        case .split(let pattern, let behaviour, let isInverted):
            var pieces: [ArraySlice<Unicode.Scalar>] = []
            func add(_ range: Range<Int>, fits: Bool) {
                guard !range.isEmpty, behaviour == .isolated || fits == isInverted else { return }
                pieces.append(piece[range])
            }
            var place = piece.startIndex
            for match in pattern.matches(in: piece) {
                add(place..<match.lowerBound, fits: false)
                add(match, fits: true)
                place = match.upperBound
            }
            add(place..<piece.endIndex, fits: false)
            return pieces
        case .digits(let single): return Self.digits(in: piece, single: single)
        case .spaced: return piece.first == " " ? [piece] : [([" "] + piece)[...]]
        }
    }

    private static func digits(
        in piece: ArraySlice<Unicode.Scalar>,
        single: Bool
    ) -> [ArraySlice<Unicode.Scalar>] {
        var pieces: [ArraySlice<Unicode.Scalar>] = []
        var (start, wasDigit) = (piece.startIndex, false)
        for place in piece.indices {
            let isDigit: Bool =
                switch piece[place].properties.generalCategory {
                case .decimalNumber, .letterNumber, .otherNumber: true
                default: false
                }
            if place > start, isDigit != wasDigit || (isDigit && single) {
                pieces.append(piece[start..<place])
                start = place
            }
            wasDigit = isDigit
        }
        if start < piece.endIndex { pieces.append(piece[start...]) }
        return pieces
    }
}
