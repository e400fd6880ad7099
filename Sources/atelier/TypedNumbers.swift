import Prompts

/// Numbers of options in the digits and marks of other keyboards: `--count ２`, `--aspect ３：２`,
/// `--set training．batch＝８`.
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

    /// Values for places in a recipe, `training.batch=8`: the place and the numbers; other values as they are.
    static func changes(_ changes: [String]) -> [String] {
        changes.map { change in
            let isEqual: (Character) -> Bool = { KeyboardForms.plain(String($0)) == "=" }
            guard let equals = change.firstIndex(where: isEqual) else { return change }
            let place = KeyboardForms.plain(String(change[..<equals])).replacing("。", with: ".")
            let value = String(change[change.index(after: equals)...])
            let plain = KeyboardForms.plain(value)
            return "\(place)=\(plain.allSatisfy(marks.contains) ? plain : value)"
        }
    }

    private static let marks = Set("0123456789.,:x×*+-=|()[]")
}
