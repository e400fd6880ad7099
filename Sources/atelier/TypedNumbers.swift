import Prompts

/// Numbers of options in the digits and marks of other keyboards: `--count ２`, `--aspect ３：２`.
enum TypedNumbers {
    /// Arguments whose values are numbers and marks, as they are typed on an English keyboard; others as they are.
    static func plain(_ arguments: [String]) -> [String] {
        arguments.map { argument in
            let halves = argument.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let isOption = argument.hasPrefix("--") && halves.count == 2
            let value = isOption ? String(halves[1]) : argument
            let plain = KeyboardForms.plain(value)
            guard !plain.isEmpty, plain.allSatisfy(marks.contains) else { return argument }
            return isOption ? "\(halves[0])=\(plain)" : plain
        }
    }

    private static let marks = Set("0123456789.,:x×*+-=|()[]")
}
