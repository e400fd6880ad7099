/// One thing wrong with the settings of a part.
public struct SettingProblem: Sendable, Equatable, Error {
    /// The keys that lead to the setting; empty for the part as a whole.
    public var path: [String]
    /// What belongs there.
    public var expected: String
    /// What is there.
    public var found: String

    /// A problem at a dotted path below the part, such as `generator.widths`.
    public init(_ path: String = "", expected: String, found: String) {
        self.path = path.split(separator: ".").map(String.init)
        self.expected = expected
        self.found = found
    }
}

/// Gathers problems: each line of a check says what must hold.
public struct SettingProblems {
    /// What was found wrong, in order.
    public private(set) var all: [SettingProblem] = []

    /// None yet.
    public init() {}

    /// Notes a problem unless the condition holds.
    public mutating func expect(
        _ condition: Bool,
        _ path: String,
        _ expected: @autoclosure () -> String,
        found: @autoclosure () -> String
    ) {
        if !condition {
            all.append(SettingProblem(path, expected: expected(), found: found()))
        }
    }

    /// Notes a problem unless the number lies in the range.
    public mutating func expect<Number: Comparable & CustomStringConvertible>(
        _ number: Number,
        in range: ClosedRange<Number>,
        _ path: String
    ) {
        expect(
            range.contains(number),
            path,
            "a number from \(range.lowerBound) to \(range.upperBound)",
            found: "\(number)"
        )
    }

    /// Notes a problem unless a scheduled number is never below zero, nor above a limit.
    public mutating func expect(_ number: Scheduled, upTo limit: Double? = nil, _ path: String) {
        expect(
            number.smallest >= 0 && number.largest <= limit ?? .infinity,
            path,
            limit.map { "numbers from 0 to \($0.plain)" } ?? "numbers of 0 or more",
            found: number.isConstant
                ? number.to.plain : "\(number.from.plain) to \(number.to.plain)"
        )
    }

    /// Notes a problem unless all the numbers lie in the range and so many are there.
    public mutating func expect(
        _ numbers: [Int],
        count: ClosedRange<Int>,
        in range: ClosedRange<Int>,
        _ path: String
    ) {
        expect(
            count.contains(numbers.count) && numbers.allSatisfy(range.contains),
            path,
            "\(count.lowerBound) to \(count.upperBound) whole numbers from \(range.lowerBound) to"
                + " \(range.upperBound) in brackets",
            found: "\(numbers)"
        )
    }

    /// Adds the problems of a section below.
    public mutating func add(_ problems: [SettingProblem], under key: String) {
        all += problems.map { problem in
            var problem = problem
            problem.path.insert(key, at: 0)
            return problem
        }
    }
}
