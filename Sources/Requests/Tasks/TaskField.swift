/// One thing that a task can be told.
public struct TaskField: Sendable, Equatable {
    /// What it can be told.
    public enum Kind: Sendable, Equatable {
        /// A number from here to there.
        case number(ClosedRange<Double>)
        /// A whole number from here to there.
        case whole(ClosedRange<Int>)
        /// One of some numbers.
        case among([Double])
        /// One of some words.
        case word([String])
    }

    /// What it is called in requests.
    public let name: String
    /// What it can be told.
    public let kind: Kind
    /// What counts where nothing is said.
    public let usual: TaskValue?

    /// A field.
    public init(_ name: String, _ kind: Kind, usual: TaskValue? = nil) {
        (self.name, self.kind, self.usual) = (name, kind, usual)
    }

    /// Refuses a value that the field cannot be told.
    ///
    /// - Throws: `RequestProblem` with the name of the field.
    func check(_ value: TaskValue) throws(RequestProblem) {
        switch (kind, value) {
        case (.number(let range), .number(let number)):
            try RequestProblem.check(number, range, name)
        case (.whole(let range), .number(let number)):
            let wide = Double(range.lowerBound)...Double(range.upperBound)
            try RequestProblem.check(number, wide, name)
            guard Int(exactly: number) != nil else {
                throw RequestProblem(name, expects: "a whole number", found: "\(number)")
            }
        case (.among(let numbers), .number(let number)) where numbers.contains(number): break
        case (.word(let words), .word(let word)) where words.contains(word): break
        default: throw RequestProblem(name, expects: expected, found: value.text)
        }
    }

    /// What it can be told, in words.
    private var expected: String {
        switch kind {
        case .number(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .whole(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .among(let numbers): numbers.map(\.plain).joined(separator: " or ")
        case .word(let words): words.joined(separator: ", ")
        }
    }
}

extension TaskValue {
    /// As errors tell it; a long word is shortened.
    fileprivate var text: String {
        switch self {
        case .number(let number): number.plain
        case .word(let word): "'\(word.prefix(40))'"
        }
    }
}
