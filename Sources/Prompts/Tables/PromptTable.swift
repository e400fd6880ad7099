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
        /// What stands in further columns that were asked for, where something does.
        public let others: [String: String]
        /// Where the line is, for errors: the file's name and the line's number.
        public let place: String

        /// A line.
        public init(
            prompt: String,
            seed: UInt64?,
            count: Int?,
            others: [String: String] = [:],
            place: String = ""
        ) {
            (self.prompt, self.seed, self.count) = (prompt, seed, count)
            (self.others, self.place) = (others, place)
        }
    }

    /// The lines.
    public let rows: [Row]
    /// Columns that mean nothing here, as the table names them.
    public let ignored: [String]

    private static let columns = ["prompt", "seed", "count"]

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: In UTF-8.
    ///   - others: Further columns that mean something.
    /// - Throws: `TableError` with the line that is wrong.
    public init(contentsOf file: URL, others: [String] = []) throws {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw TableError(
                FileManager.default.fileExists(atPath: file.path)
                    ? "\(file.path) cannot be read: \(error.localizedDescription)"
                    : "\(file.path): there is no such file. Name a table of prompts."
            )
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw TableError("\(file.path) is not in UTF-8. Save it in that encoding.")
        }
        try self.init(text, name: file.path, others: others)
    }

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: Comma-separated values.
    ///   - name: What errors call it.
    ///   - others: Further columns that mean something.
    /// - Throws: `TableError` with the line that is wrong.
    public init(_ text: String, name: String, others: [String] = []) throws {
        let table = try PromptTable.lines(text, name)
        guard let first = table.first else {
            throw TableError(
                "\(name) is empty, expected a line with 'prompt' and a prompt in each line below."
            )
        }
        let header = first.fields.map {
            KeyboardForms.plain($0).trimmingCharacters(in: .whitespaces).lowercased()
        }
        for column in Self.columns + others where header.count(where: { $0 == column }) > 1 {
            throw TableError("\(name):\(first.number) names the column '\(column)' twice.")
        }
        guard let prompts = header.firstIndex(of: "prompt") else {
            throw TableError(
                "\(name):\(first.number) names no column 'prompt' between commas, found"
                    + " \(header.joined(separator: ", ")). The first line names the columns."
            )
        }
        guard table.count > 1 else {
            throw TableError(
                "\(name) names columns, but nothing is below them. Write a prompt in each line below."
            )
        }
        ignored = zip(header, first.fields)
            .filter { !(Self.columns + others).contains($0.0) }.map(\.1)
        rows = try table.dropFirst().map { line in
            let place = "\(name):\(line.number)"
            guard line.fields.count == header.count else {
                throw TableError(
                    "\(place) has \(line.fields.count) fields, expected \(header.count)."
                )
            }
            func number<Number: LosslessStringConvertible>(_ column: String) throws -> Number? {
                guard let index = header.firstIndex(of: column) else { return nil }
                let text = KeyboardForms.plain(line.fields[index])
                    .trimmingCharacters(in: .whitespaces)
                guard !text.isEmpty else { return nil }
                guard let number = Number(text) else {
                    throw TableError(
                        "\(place) expects a \(column), found '\(TableError.short(text))'."
                    )
                }
                return number
            }
            let count: Int? = try number("count")
            guard count.map({ (1...100_000).contains($0) }) ?? true else {
                throw TableError("\(place) expects a count from 1 to 100000.")
            }
            let told = others.compactMap { column -> (String, String)? in
                guard let index = header.firstIndex(of: column) else { return nil }
                let text = line.fields[index].trimmingCharacters(in: .whitespacesAndNewlines)
                return text.isEmpty ? nil : (column, text)
            }
            return Row(
                prompt: line.fields[prompts],
                seed: try number("seed"),
                count: count,
                others: Dictionary(uniqueKeysWithValues: told),
                place: place
            )
        }
    }

    /// The lines that are not empty, with the number of the line in the file where each begins.
    private static func lines(
        _ text: String,
        _ name: String
    ) throws -> [(number: Int, fields: [String])] {
        var lines: [(number: Int, fields: [String])] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var (number, beginning) = (1, 1)
        var characters = Array(text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...])[...]
        func endOfLine() {
            if !fields.isEmpty || !field.isEmpty { lines.append((beginning, fields + [field])) }
            (fields, field, beginning) = ([], "", number)
        }
        while let character = characters.popFirst() {
            if character.isNewline { number += 1 }
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
            throw TableError("\(name):\(beginning) opens a quote that is never closed.")
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

    /// The beginning of what stands in a table, where that is long.
    public static func short(_ text: String) -> String {
        text.count > 60 ? text.prefix(60) + "…" : text
    }
}
