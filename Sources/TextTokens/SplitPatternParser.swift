/// Reads regular expressions; what it does not know it refuses by name.
struct SplitPatternParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private var ignoresCase = false
    private var depth = 0

    init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

    /// The whole expression.
    mutating func all() throws(TextTokensError) -> SplitPattern.Part {
        let part = try choice()
        guard place == scalars.count else { throw unknown("a ')' without '('") }
        return part
    }

    private func unknown(_ what: String) -> TextTokensError {
        let text = String(String.UnicodeScalarView(scalars.prefix(80)))
        return TextTokensError(
            "\(what) in the expression \(text.debugDescription) is not known here"
        )
    }

    private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars.dropFirst(place).starts(with: wanted) else { return false }
        place += wanted.count
        return true
    }

    private mutating func choice() throws(TextTokensError) -> SplitPattern.Part {
        var parts = [try sequence()]
        while take("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .choice(parts)
    }

    private mutating func sequence() throws(TextTokensError) -> SplitPattern.Part {
        var parts: [SplitPattern.Part] = []
        while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repeated()) }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// A part, and how often.
    private mutating func repeated() throws(TextTokensError) -> SplitPattern.Part {
        let part = try single()
        guard let (least, most) = try quantity() else { return part }
        let keepsAll = take("+")
        if let next, "?+*{".unicodeScalars.contains(next) {
            throw unknown("a second '\(next)' after a repetition")
        }
        if case .run(let set, 1, 1, _) = part {
            return .run(set, least: least, most: most, keepsAll: keepsAll)
        }
        guard (least, most) == (0, 1), !keepsAll else {
            throw unknown("the repetition of a group")
        }
        return .optional(part)
    }

    private mutating func quantity() throws(TextTokensError) -> (least: Int, most: Int)? {
        if take("?") { return (0, 1) }
        if take("*") { return (0, .max) }
        if take("+") { return (1, .max) }
        guard take("{") else { return nil }
        let least = number()
        let most = take(",") ? number() ?? .max : least
        guard take("}"), let least, let most, least <= most, next != "+" else {
            throw unknown("a '{'")
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let digit = next.flatMap({ ("0"..."9").contains($0) ? Int($0.value) - 48 : nil }),
            (value ?? 0) < 10_000
        {
            value = (value ?? 0) * 10 + digit
            place += 1
        }
        return value
    }

    private mutating func single() throws(TextTokensError) -> SplitPattern.Part {
        if take("(") { return try group() }
        if take("$") { return .end }
        guard let scalar = next else { throw unknown("the end") }
        if "^.*+?{".unicodeScalars.contains(scalar) { throw unknown("a '\(scalar)'") }
        place += 1
        switch scalar {
        case "[": return one(try characterClass())
        case "\\":
            var set = ScalarSet()
            if let literal = try escape(into: &set) {
                return one(ScalarSet(literal, ignoresCase: ignoresCase))
            }
            set.finish()
            return one(set)
        default: return one(ScalarSet(scalar, ignoresCase: ignoresCase))
        }
    }

    private func one(_ set: ScalarSet) -> SplitPattern.Part {
        .run(set, least: 1, most: 1, keepsAll: false)
    }

    private mutating func group() throws(TextTokensError) -> SplitPattern.Part {
        let before = ignoresCase
        defer { ignoresCase = before }
        depth += 1
        defer { depth -= 1 }
        guard depth <= 32 else { throw unknown("so deep a '('") }
        var isAhead: Bool?
        if take("?") {
            if take("!") {
                isAhead = false
            } else if take("=") {
                isAhead = true
            } else if take("i:") {
                ignoresCase = true
            } else if !take(":") {
                throw unknown("a group '(?\(next.map(String.init) ?? "")'")
            }
        }
        let part = try choice()
        guard take(")") else { throw unknown("a '(' without ')'") }
        return isAhead.map { .ahead(part, isThere: $0) } ?? .choice([part])
    }

    private mutating func characterClass() throws(TextTokensError) -> ScalarSet {
        var set = ScalarSet()
        let isNegated = take("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            guard scalar != "[", scalar != "]" else { throw unknown("a '\(scalar)' in '[…]'") }
            if take("&&") { throw unknown("'&&'") }
            isFirst = false
            guard let start = try classItem(&set) else { continue }
            guard next == "-", place + 1 < scalars.count, scalars[place + 1] != "]" else {
                set.insert(start.value...start.value)
                continue
            }
            place += 1
            guard let end = try classItem(&set), end.value >= start.value else {
                throw unknown("a range of characters")
            }
            set.insert(start.value...end.value)
        }
        guard take("]") else { throw unknown("a '[' without ']'") }
        set.finish(isNegated: isNegated, ignoresCase: ignoresCase)
        return set
    }

    /// One character; nothing where the set took a kind of them.
    private mutating func classItem(
        _ set: inout ScalarSet
    ) throws(TextTokensError) -> Unicode.Scalar? {
        guard let scalar = next else { throw unknown("a '[' without ']'") }
        place += 1
        return scalar == "\\" ? try escape(into: &set) : scalar
    }

    /// What follows a backslash: one character, or a kind of them, which the set takes.
    private mutating func escape(
        into set: inout ScalarSet
    ) throws(TextTokensError) -> Unicode.Scalar? {
        guard let scalar = next else { throw unknown("a '\\' at the end") }
        place += 1
        switch scalar {
        case "r": return "\r"
        case "n": return "\n"
        case "t": return "\t"
        case "f": return "\u{C}"
        case "v": return "\u{B}"
        case "s": set.insert(blanks: true)
        case "S": set.insert(blanks: false)
        case "d": set.insert([.decimalNumber])
        case "D": set.insert(Unicode.GeneralCategory.every.subtracting([.decimalNumber]))
        case "p", "P": set.insert(try categories(isOther: scalar == "P"))
        case _
        where scalar.isASCII && !scalar.properties.isAlphabetic
            && !("0"..."9").contains(scalar):
            return scalar
        default: throw unknown("'\\\(scalar)'")
        }
        return nil
    }

    private mutating func categories(
        isOther: Bool
    ) throws(TextTokensError) -> Set<Unicode.GeneralCategory> {
        var name = ""
        if take("{") {
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                place += 1
            }
            guard take("}") else { throw unknown("a '\\p{'") }
        }
        let isNegated = name.hasPrefix("^") != isOther
        if name.hasPrefix("^") { name.removeFirst() }
        guard let found = Unicode.GeneralCategory.byName[name] else {
            throw unknown("'\\p{\(name)}'")
        }
        return isNegated ? Unicode.GeneralCategory.every.subtracting(found) : found
    }
}
