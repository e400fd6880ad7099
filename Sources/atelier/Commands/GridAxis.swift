import ArgumentParser
import Foundation

/// One side of a grid: what changes along it.
struct GridAxis {
    /// What changes: a parameter's name, `seed`, or words of the prompt.
    let name: String
    /// What it takes, one after the other.
    let values: [String]

    /// Reads `chaos 0-100 [5]`, `seed 1-4` or `red | green | blue`.
    ///
    /// The first of words between bars stands in the prompt and is replaced by each of them.
    ///
    /// Source: the X/Y/Z plots of AUTOMATIC1111's web page.
    /// - Throws: `ValidationError` for something else.
    init(_ text: String, option: String) throws {
        let text = text.replacing("｜", with: "|")
        if text.contains("|") {
            let words = text.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard words.count > 1, words.allSatisfy({ !$0.isEmpty }) else {
                throw ValidationError("\(option) expects words between bars, found '\(text)'.")
            }
            (name, values) = ("", words)
            return
        }
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError(
                "\(option) expects a parameter and numbers, as in 'chaos 0-100[5]', or words between"
                    + " bars, as in 'red | green', found '\(text)'."
            )
        }
        name = parts[0].trimmingPrefix("--").lowercased()
        values = try NumberList.list(parts[1], option: option).map(String.init)
    }

    /// What a cell is called.
    func label(_ value: String) -> String { name.isEmpty ? value : "\(name) \(value)" }

    /// A prompt, and a seed, with the value in its place.
    ///
    /// - Throws: `ValidationError` where the prompt lacks the words to be replaced.
    func apply(_ value: String, _ prompt: String, _ seed: UInt64) throws -> (String, UInt64) {
        if name.isEmpty {
            guard prompt.contains(values[0]) else {
                throw ValidationError("the prompt has no '\(values[0])' to be replaced.")
            }
            return (prompt.replacing(values[0], with: value), seed)
        }
        if name == "seed" { return (prompt, UInt64(value) ?? seed) }
        return ("\(prompt) --\(name) \(value)", seed)
    }
}
