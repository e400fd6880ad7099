import ArgumentParser
import Prompts

/// Numbers as people list them: `0,4-6`, `10-20 (+5)`, `0-100 [5]`.
///
/// Source: the X/Y/Z plots of AUTOMATIC1111's web page: a range, with a step or with a count.
enum NumberList {
    /// The most numbers that a list may stand for.
    static let limit = 10_000

    /// The numbers of a list.
    ///
    /// - Throws: `ValidationError` that names the option and the part that is none.
    static func list(_ text: String, option: String) throws -> [Int] {
        let numbers = try KeyboardForms.plain(text).split(
            separator: ",",
            omittingEmptySubsequences: false
        ).flatMap {
            try part(String($0.filter { !$0.isWhitespace }), option)
        }
        guard numbers.count <= limit else {
            throw ValidationError(
                "\(option) stands for \(numbers.count) numbers, expected \(limit) at most."
            )
        }
        return numbers
    }

    private static func part(_ text: String, _ option: String) throws -> [Int] {
        let form = /(\d{1,18})(?:-(\d{1,18})(?:\(\+(\d{1,9})\)|\[(\d{1,9})\])?)?/
        guard let match = text.wholeMatch(of: form), let first = Int(match.1) else {
            throw ValidationError(
                "\(option) expects numbers and ranges such as 0,4-6, 10-20(+5) or 0-100[5],"
                    + " found '\(text)'."
            )
        }
        guard let last = match.2.flatMap({ Int($0) }) else { return [first] }
        let step = match.3.flatMap { Int($0) } ?? 1
        let count = match.4.flatMap { Int($0) } ?? (last - first) / max(step, 1) + 1
        guard last >= first, step > 0, count > 0, count <= limit else {
            throw ValidationError(
                "\(option) expects a range that goes up by 1 or more, in \(limit) steps at most,"
                    + " found '\(text)'."
            )
        }
        guard match.4 != nil else { return (0..<count).map { first + $0 * step } }
        guard count > 1 else { return [first] }
        // Whole parts and rests by themselves, so that no product is too large.
        let (part, rest) = (last - first).quotientAndRemainder(dividingBy: count - 1)
        return (0..<count).map { first + part * $0 + rest * $0 / (count - 1) }
    }
}
