import Foundation

/// One emoji of `emoji-test.txt`: its characters, its English name and where it belongs.
struct EmojiSequence: Sendable, Equatable {
    /// The characters, fully qualified.
    let text: String

    /// The short name in English.
    let name: String

    /// The group: `Animals & Nature`.
    let group: String

    /// The subgroup: `animal-bird`.
    let subgroup: String

    /// The characters without variation selectors: how CLDR names them.
    var key: String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value != 0xFE0F }))
    }

    /// The code points in hexadecimal: `1F9D1-200D-1F680`.
    var codePoints: String {
        text.unicodeScalars.map { String($0.value, radix: 16, uppercase: true) }
            .joined(separator: "-")
    }

    /// Reads the fully qualified sequences of a file.
    ///
    /// Source: Unicode Technical Standard 51, emoji-test.txt: code points; status # emoji version
    /// name, under headings of groups and subgroups.
    /// - Throws: `DatasetError` with the line.
    static func read(_ text: String, file: String) throws -> [EmojiSequence] {
        var group = ""
        var subgroup = ""
        var sequences: [EmojiSequence] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            if let heading = value(of: "# group:", in: line) { group = heading }
            if let heading = value(of: "# subgroup:", in: line) { subgroup = heading }
            guard !line.hasPrefix("#"), let semicolon = line.firstIndex(of: ";") else { continue }
            let rest = line[line.index(after: semicolon)...]
            guard rest.split(separator: " ").first == "fully-qualified" else { continue }
            let scalars = line[..<semicolon].split(separator: " ")
                .map { UInt32($0, radix: 16).flatMap(Unicode.Scalar.init) }
            // After '#': the emoji itself, the version it came with (E13.1), the name.
            let comment = rest.firstIndex(of: "#").map { rest[$0...].split(separator: " ") } ?? []
            guard !scalars.isEmpty, !scalars.contains(nil), comment.count > 3,
                comment[2].hasPrefix("E")
            else {
                throw DatasetError(
                    .damaged,
                    at: "\(file):\(number + 1)",
                    "is not a line of an emoji list",
                    cure: EmojiFiles.cure
                )
            }
            var characters = String.UnicodeScalarView()
            characters.append(contentsOf: scalars.compactMap { $0 })
            sequences.append(
                EmojiSequence(
                    text: String(characters),
                    name: comment[3...].joined(separator: " "),
                    group: group,
                    subgroup: subgroup
                )
            )
        }
        return sequences
    }

    private static func value(of heading: String, in line: Substring) -> String? {
        guard line.hasPrefix(heading) else { return nil }
        return line.dropFirst(heading.count).trimmingCharacters(in: .whitespaces)
    }
}
