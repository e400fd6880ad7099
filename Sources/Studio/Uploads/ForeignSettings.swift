import Foundation
import Imaging

/// What a picture of this or another generator says that it was made with; text that nobody vouches for.
struct ForeignSettings: Encodable, Sendable {
    /// The words.
    var prompt: String
    /// What was to be avoided.
    var negative: String?
    /// Settings by name.
    var parameters: [String: String]
    /// The program.
    var tool: String
    /// Everything, as it was read.
    var text: String

    /// Reads the texts of a picture; nothing where they hold no settings.
    init?(_ metadata: PictureMetadata) {
        guard let text = metadata.parameters, !text.isEmpty else { return nil }
        self.text = String(text.prefix(20_000))
        tool = String((metadata.software ?? "").prefix(200))
        var lines = self.text.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init
        )
        parameters = [:]
        if let last = lines.last, last.contains(": "), lines.count > 1 || last.contains("Steps:") {
            parameters = ForeignSettings.pairs(last)
            lines.removeLast()
        }
        if let place = lines.firstIndex(where: { $0.hasPrefix("Negative prompt:") }) {
            negative = lines[place...].joined(separator: "\n")
                .dropFirst("Negative prompt:".count).trimmingCharacters(in: .whitespacesAndNewlines)
            lines.removeSubrange(place...)
        }
        prompt = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Settings by name, the words among them, as A1111 names them.
    var named: [String: String] {
        var named = parameters
        named["Prompt"] = prompt
        named["Negative prompt"] = negative ?? ""
        return named
    }

    /// Pairs of `name: value, …`, where values in quotes may hold commas.
    private static func pairs(_ line: String) -> [String: String] {
        var pairs: [String: String] = [:]
        var piece = ""
        var isQuoted = false
        func add() {
            let parts = piece.split(separator: ":", maxSplits: 1).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if parts.count == 2, pairs.count < 100 {
                pairs[String(parts[0].prefix(80))] = String(parts[1].prefix(2000))
            }
            piece = ""
        }
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == ",", !isQuoted { add() } else { piece.append(character) }
        }
        add()
        return pairs
    }
}
