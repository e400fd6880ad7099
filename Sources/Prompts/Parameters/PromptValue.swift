/// What a parameter was given.
public enum PromptValue: Codable, Sendable, Equatable {
    /// Nothing: that it is there says it all.
    case nothing
    /// A number, whole or not.
    case number(Double)
    /// Two whole numbers.
    case ratio(Int, Int)
    /// The value is a text.
    case text(String)
    /// Words that stood between commas.
    case list([String])

    /// As it is typed; empty for nothing.
    public var text: String {
        switch self {
        case .nothing: ""
        case .number(let number): Prompt.plain(number)
        case .ratio(let width, let height): "\(width):\(height)"
        case .text(let text): text
        case .list(let words): words.joined(separator: ", ")
        }
    }

    /// Reads what stands behind a parameter's name.
    init(reading text: String, for parameter: PromptParameter) throws(PromptError) {
        func wrong(_ expected: String) -> PromptError {
            PromptError(
                .value,
                "--\(parameter.rawValue) expects \(expected), found"
                    + (text.isEmpty ? " nothing" : " '\(text)'"),
                parameter: parameter.rawValue
            )
        }
        switch parameter.value {
        case .nothing:
            guard text.isEmpty else {
                throw wrong("no value, and words before all parameters")
            }
            self = .nothing
        case .optional(let range):
            if text.isEmpty {
                self = .nothing
            } else {
                self = .number(Double(try Self.whole(text, range) { wrong("nothing or \($0)") }))
            }
        case .whole(let range):
            self = .number(Double(try Self.whole(text, range, wrong)))
        case .number(let range):
            guard let number = Self.number(text), range.contains(number) else {
                let ends = [range.lowerBound, range.upperBound].map(Prompt.plain)
                throw wrong("a number from \(ends[0]) to \(ends[1])")
            }
            self = .number(number)
        case .choice(let choices):
            guard let number = Self.number(text), choices.contains(number) else {
                throw wrong("one of \(choices.map(Prompt.plain).joined(separator: ", "))")
            }
            self = .number(number)
        case .ratio:
            let numbers = text.split(separator: ":", omittingEmptySubsequences: false)
                .map { Int($0) }
            guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
                (1...10_000).contains(width), (1...10_000).contains(height)
            else { throw wrong("two whole numbers as in 3:2") }
            self = .ratio(width, height)
        case .text:
            guard !text.isEmpty else { throw wrong("a value") }
            self = .text(text)
        case .codes:
            let codes = text.split(whereSeparator: \.isWhitespace)
            let isRandom = codes.count == 1 && codes[0].lowercased() == "random"
            guard !codes.isEmpty, isRandom || codes.allSatisfy({ StyleCode(reading: $0) != nil })
            else { throw wrong("whole numbers as in 12::2 7, or random") }
            let plain = codes.map { $0.replacing(",", with: ".") }
            self = .text(isRandom ? "random" : plain.joined(separator: " "))
        case .colour:
            guard let colour = ColourName.plain(text) else {
                let names = ColourName.known.map { $0.names[0] }.joined(separator: ", ")
                throw wrong("\(names), transparent, or a colour as in #ff8800")
            }
            self = .text(colour)
        case .updates:
            let updates = text.split(whereSeparator: { ",，、".contains($0) })
                .map { PromptUpdate(reading: String($0)) }
            let found = updates.compactMap { $0 }
            guard !found.isEmpty, found.count == updates.count else {
                throw wrong("names with weights from -10 to 10, as in flowers:0.8, dogs")
            }
            self = .list(found.map(\.text))
        case .list:
            let words = text.split(separator: ",").map {
                $0.split(separator: " ").joined(separator: " ")
            }.filter { !$0.isEmpty }
            guard !words.isEmpty else { throw wrong("words between commas") }
            self = .list(words)
        }
    }

    private static func whole(
        _ text: String,
        _ range: ClosedRange<Int>,
        _ wrong: (String) -> PromptError
    ) throws(PromptError) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A number in digits, with a point or a comma; no other spelling that `Double` takes.
    static func number(_ text: some StringProtocol) -> Double? {
        String(text).wholeMatch(of: /[0-9]+(?:,[0-9]+|\.[0-9]*)?|\.[0-9]+/) == nil
            ? nil : Double(String(text).replacing(",", with: "."))
    }
}
