import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What an SVG file says of itself: title, keywords, artist and licence.
///
/// Source: the Dublin Core and Creative Commons terms that Inkscape writes into `metadata`.
struct ClipArtMetadata: Sendable, Equatable {
    /// What it shows.
    var title = ""
    /// Words that go with it.
    var subjects: [String] = []
    /// The person who drew it.
    var artist = ""
    /// The address of the licence.
    var licence = ""

    /// Whether it may be used by anybody for anything.
    var isPublicDomain: Bool { licence.lowercased().hasSuffix("publicdomain") }

    /// Reads the metadata of a file; nil where the file is no XML or has none.
    init?(_ data: Data) {
        let reader = Reader()
        let parser = XMLParser(data: data)
        parser.delegate = reader
        // What follows the metadata does not matter, so the reader stops there.
        _ = parser.parse()
        guard reader.isFound else { return nil }
        self = reader.found
    }

    /// Makes metadata that says nothing.
    init() {}

    /// Collects the terms while the parser goes through a file.
    private final class Reader: NSObject, XMLParserDelegate {
        var found = ClipArtMetadata()
        var isFound = false
        private var path: [String] = []
        private var text = ""

        func parser(
            _ parser: XMLParser,
            didStartElement element: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            path.append(element)
            text = ""
            if element == "cc:license", found.licence.isEmpty {
                found.licence = attributes["rdf:resource"] ?? ""
            }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if text.utf8.count < 4096 { text += string }
        }

        func parser(
            _ parser: XMLParser,
            didEndElement element: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            switch element {
            case "dc:title":
                if path.contains("dc:creator") {
                    found.artist = words
                } else if path.suffix(2).first == "cc:Work" {
                    found.title = words
                }
            case "rdf:li":
                if path.contains("dc:subject"), !words.isEmpty { found.subjects.append(words) }
            case "metadata":
                isFound = true
                parser.abortParsing()
            default: break
            }
            path.removeLast()
            text = ""
        }
    }
}
