import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// Names and keywords of emoji in one language, from the Unicode CLDR.
///
/// Source: Unicode Technical Standard 35, part 2, annotations: `<annotation cp="🐦">bird</annotation>`
/// for keywords, with `type="tts"` for the name.
struct EmojiAnnotations: Sendable {
    /// The name by the characters without variation selectors.
    private(set) var names: [String: String] = [:]

    /// The keywords by the characters without variation selectors.
    private(set) var keywords: [String: [String]] = [:]

    /// Reads some files; a later one adds to an earlier one.
    ///
    /// - Throws: `DatasetError` that names the file.
    init(_ files: [URL]) throws {
        for file in files {
            guard let data = try? Data(contentsOf: file) else {
                throw DatasetError(
                    .missing,
                    at: file.path,
                    "there is no such file",
                    cure: EmojiFiles.cure
                )
            }
            let reader = Reader()
            let parser = XMLParser(data: data)
            parser.delegate = reader
            guard parser.parse(), parser.parserError == nil, reader.isComplete else {
                throw DatasetError(
                    .damaged,
                    at: file.path,
                    "is not readable XML: line \(parser.lineNumber)",
                    cure: EmojiFiles.cure
                )
            }
            names.merge(reader.names) { $1 }
            keywords.merge(reader.keywords) { $1 }
        }
    }

    /// The caption of a sequence; nil where this language has no name for it.
    func caption(of key: String, language: String) -> Caption? {
        names[key].map {
            Caption(language: language, text: $0, keywords: keywords[key] ?? [])
        }
    }

    /// Collects annotations while the parser goes through a file.
    private final class Reader: NSObject, XMLParserDelegate {
        var names: [String: String] = [:]
        var keywords: [String: [String]] = [:]
        private var key: String?
        private var depth = 0
        private var elements = 0
        private var isName = false
        private var text = ""

        /// Whether the document was closed: the parser itself accepts one that just ends.
        var isComplete: Bool { elements > 0 && depth == 0 }

        func parser(
            _ parser: XMLParser,
            didStartElement element: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            depth += 1
            elements += 1
            guard element == "annotation", let characters = attributes["cp"] else { return }
            key = String(
                String.UnicodeScalarView(characters.unicodeScalars.filter { $0.value != 0xFE0F })
            )
            isName = attributes["type"] == "tts"
            text = ""
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if key != nil { text += string }
        }

        func parser(
            _ parser: XMLParser,
            didEndElement element: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            depth -= 1
            guard element == "annotation", let key else { return }
            if isName {
                names[key] = text.trimmingCharacters(in: .whitespacesAndNewlines)
            } else {
                keywords[key] = text.split(separator: "|")
                    .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            }
            self.key = nil
        }
    }
}
