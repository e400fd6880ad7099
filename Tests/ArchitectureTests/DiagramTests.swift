import Foundation
import Testing

/// The picture of the architecture in the documents is the table's.
@Suite struct DiagramTests {
    /// Targets that people meet, in layers from the bottom up.
    private static let layers: [(name: String, targets: [String])] = [
        ("System libraries", ["CTorch", "CVips", "CSentencePiece", "CSpeech"]),
        (
            "Foundations",
            ["Checks", "Files", "Settings", "Registries", "Digests", "Torch", "Imaging"]
        ),
        ("Parts", ["Neural", "Optimizers", "Weights", "TextTokens", "Hub", "Scans", "Speech"]),
        ("What is asked and kept", ["Prompts", "Requests", "Runs", "Datasets", "Reports"]),
        ("Models", ["Adversarial", "Autoregressive", "Midjourney", "ImageMetrics"]),
        ("Work", ["Training", "Generation", "Evaluation", "Studio"]),
        ("Command", ["atelier"]),
    ]

    /// The diagram in Mermaid's language: edges that follow from others are left out.
    private static func diagram(of allowed: [String: Set<String>]) -> String {
        let shown = Set(layers.flatMap(\.targets))
        func edges(_ name: String) -> Set<String> { (allowed[name] ?? []).intersection(shown) }
        func reach(_ name: String) -> Set<String> {
            edges(name).reduce(into: edges(name)) { $0.formUnion(reach($1)) }
        }
        var lines = ["```mermaid", "flowchart BT"]
        for (number, layer) in layers.enumerated() {
            lines.append("    subgraph L\(number)[\"\(layer.name)\"]")
            lines += layer.targets.map { "        \($0)" }
            lines.append("    end")
        }
        for name in layers.flatMap(\.targets) {
            let own = edges(name)
            let implied = own.reduce(into: Set<String>()) { $0.formUnion(reach($1)) }
            for other in own.subtracting(implied).sorted() {
                lines.append("    \(other) --> \(name)")
            }
        }
        return (lines + ["```"]).joined(separator: "\n")
    }

    /// With ATELIER_WRITE_DIAGRAM=1 the picture is written anew instead.
    @Test func pictureIsTheTables() throws {
        let rule = Architecture.atelier.allowed
        let missing = Set(rule.keys).subtracting(Self.layers.flatMap(\.targets)).filter {
            !$0.hasSuffix("Tests") && !$0.hasPrefix("Lib")
        }
        #expect(missing == ["CStart", "fuzz", "dcgan-example", "TestSupport"])
        let diagram = Self.diagram(of: rule)
        let text = try SourceTree.atelier.text(of: "docs/design.md")
        let start = try #require(text.range(of: "```mermaid"))
        let end = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
        guard String(text[start.lowerBound..<end.upperBound]) != diagram else { return }
        if ProcessInfo.processInfo.environment["ATELIER_WRITE_DIAGRAM"] == "1" {
            let file = SourceTree.atelier.root.appending(path: "docs/design.md")
            let written = text.replacingCharacters(
                in: start.lowerBound..<end.upperBound,
                with: diagram
            )
            try Data(written.utf8).write(to: file)
        } else {
            Issue.record(
                "docs/design.md: expected this picture, or ATELIER_WRITE_DIAGRAM=1:\n\(diagram)"
            )
        }
    }
}
