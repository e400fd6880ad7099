import Files
import Foundation

/// What texts have to be, wherever they are sent.
enum FieldRules {
    /// Characters that a prompt may have.
    static let longestPrompt = 32_000

    /// Refuses a prompt that is too long to be read.
    static func checkPrompt(_ prompt: String, _ field: String = "prompt") throws {
        let count = prompt.unicodeScalars.count
        guard count <= longestPrompt else {
            throw APIError.invalid(
                "'\(field)' has \(count) characters, expected \(longestPrompt) at most",
                parameter: field
            )
        }
    }

    /// A name that people read, without spaces around it.
    ///
    /// - Parameters:
    ///   - text: As sent.
    ///   - field: Where.
    ///   - most: Characters that it may have.
    ///   - forbidden: What may not be in it.
    /// - Returns: The name.
    /// - Throws: `APIError` for what is empty, too long, or cannot be read.
    static func name(
        _ text: String,
        _ field: String = "name",
        most: Int = 100,
        forbidden: Set<Character> = []
    ) throws -> String {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        try check(name, field, 1...most)
        if let character = name.first(where: forbidden.contains) {
            throw APIError.invalid("'\(field)' has '\(character)'; leave it out", parameter: field)
        }
        return name
    }

    /// Refuses a text that is too short or too long, or that a terminal would obey.
    static func check(_ text: String, _ field: String, _ lengths: ClosedRange<Int>) throws {
        let count = text.unicodeScalars.count
        guard lengths.contains(count) else {
            throw APIError.invalid(
                "'\(field)' has \(count) characters, expected "
                    + "\(lengths.lowerBound) to \(lengths.upperBound)",
                parameter: field
            )
        }
        guard TerminalText.name(text) == text else {
            throw APIError.invalid(
                "'\(field)' is '\(LogText.short(text))', with control characters; leave them out",
                parameter: field
            )
        }
    }
}
