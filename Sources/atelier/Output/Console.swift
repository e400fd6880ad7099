import Foundation

/// Writes for people and for programs.
enum Console {
    /// Prints a value as JSON on one line of standard output.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("a result cannot be written as JSON")
        }
        FileHandle.standardOutput.write(data + Data("\n".utf8))
    }

    /// Prints a line for people: on standard error when standard output is for programs.
    static func say(_ text: String, _ output: OutputOptions) {
        guard !output.quiet else { return }
        let handle = output.json ? FileHandle.standardError : FileHandle.standardOutput
        handle.write(Data((text + "\n").utf8))
    }

    /// Prints a warning on standard error, also when all else is quiet.
    static func warn(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
