import Foundation

/// Prompts from a file of comma-separated values.
///
/// Source: RFC 4180: quotes around fields, doubled within them. The first line names the columns.
public struct PromptTable: Sendable {
    /// A line of the table.
    public struct Row: Equatable, Sendable {
        /// What is to be drawn.
        public let prompt: String
        /// The key of its random numbers; nothing where the table names none.
        public let seed: UInt64?
        /// How many pictures; nothing where the table does not say.
        public let count: Int?

        /// A line.
        public init(prompt: String, seed: UInt64?, count: Int?) {
            (self.prompt, self.seed, self.count) = (prompt, seed, count)
        }
    }

    /// The lines.
    public let rows: [Row]

    /// Reads a file.
    ///
    /// - Throws: `TableError` with the line that is wrong.
    public init(contentsOf file: URL) throws {
        guard let data = try? Data(contentsOf: file) else {
            throw TableError("\(file.path): there is no such file. Name a table of prompts.")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw TableError("\(file.path) is not in UTF-8. Save it in that encoding.")
        }
        try self.init(text, name: file.path)
    }

    /// Reads a text.
    ///
    /// - Throws: `TableError` with the line that is wrong.
    public init(_ text: String, name: String) throws {
        let table = try PromptTable.fields(text, name)
        let header =
            table.first?.map {
                KeyboardForms.plain($0).trimmingCharacters(in: .whitespaces).lowercased()
            } ?? []
        guard let prompts = header.firstIndex(of: "prompt") else {
            throw TableError(
                "\(name):1 names no column 'prompt', found \(header.joined(separator: ", "))."
            )
        }
        var rows: [Row] = []
        for (index, fields) in table.enumerated().dropFirst() {
            func number<Number: LosslessStringConvertible>(_ column: String) throws -> Number? {
                guard let place = header.firstIndex(of: column), place < fields.count else {
                    return nil
                }
                let text = KeyboardForms.plain(fields[place]).trimmingCharacters(in: .whitespaces)
                guard !text.isEmpty else { return nil }
                guard let number = Number(text) else {
                    throw TableError("\(name):\(index + 1) expects a \(column), found '\(text)'.")
                }
                return number
            }
            guard fields.count == header.count else {
                throw TableError(
                    "\(name):\(index + 1) has \(fields.count) fields, expected \(header.count)."
                )
            }
            let count: Int? = try number("count")
            guard count.map({ (1...100_000).contains($0) }) ?? true else {
                throw TableError("\(name):\(index + 1) expects a count from 1 to 100000.")
            }
            rows.append(Row(prompt: fields[prompts], seed: try number("seed"), count: count))
        }
        self.rows = rows
    }

    /// The fields of each line.
    private static func fields(_ text: String, _ name: String) throws -> [[String]] {
        var lines: [[String]] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var characters = Array(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])[...]
        func endOfLine() {
            if !fields.isEmpty || !field.isEmpty { lines.append(fields + [field]) }
            (fields, field) = ([], "")
        }
        while let character = characters.popFirst() {
            if isQuoted {
                guard character == "\"" else {
                    field.append(character)
                    continue
                }
                if characters.first == "\"" {
                    field.append("\"")
                    characters = characters.dropFirst()
                } else {
                    isQuoted = false
                }
            } else if character == "\"", field.isEmpty {
                isQuoted = true
            } else if character == "," {
                fields.append(field)
                field = ""
            } else if character.isNewline {
                endOfLine()
            } else {
                field.append(character)
            }
        }
        guard !isQuoted else {
            throw TableError("\(name):\(lines.count + 1) opens a quote that is never closed.")
        }
        endOfLine()
        return lines
    }
}

/// A table that cannot be read.
public struct TableError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// An error of that description.
    public init(_ description: String) { self.description = description }
}
