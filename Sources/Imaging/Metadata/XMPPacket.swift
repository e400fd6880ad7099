/// An XMP packet: XML that other programs read too.
struct XMPPacket {
    /// The whole packet.
    let text: String

    init(text: String) {
        self.text = text
    }

    init(
        title: String?,
        parameters: String?,
        record: String?,
        software: String?,
        source: DigitalSourceType?,
        panorama: PanoramaFrame?
    ) {
        var lines: [String] = []
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append("<\(name)>\(MarkupText.escaped(value))</\(name)>")
        }
        add("Iptc4xmpExt:DigitalSourceType", source?.address)
        add("xmp:CreatorTool", software)
        if let title {
            lines.append(
                """
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">\(MarkupText.escaped(title))\
                </rdf:li></rdf:Alt></dc:title>
                """
            )
        }
        for (name, value) in panorama?.properties ?? [] { add(name, value) }
        add("atelier:parameters", parameters)
        add("atelier:record", record)
        text = """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
            \(panorama == nil ? "" : "xmlns:GPano=\"http://ns.google.com/photos/1.0/panorama/\" ")\
            xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" \
            xmlns:atelier="urn:atelier:metadata:1">
            \(lines.joined(separator: "\n"))
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="w"?>
            """
    }

    /// The text of a property, written as an element or as an attribute.
    func value(_ name: String) -> String? {
        if let content = between("<\(name)>", "</\(name)>") {
            guard content.contains("<") else { return MarkupText.unescaped(content) }
            // One of several languages: the first.
            guard let item = content.firstRange(of: "<rdf:li")?.upperBound,
                let start = content[item...].firstIndex(of: ">"),
                let end = content[start...].firstRange(of: "</rdf:li>")
            else { return nil }
            return MarkupText.unescaped(content[content.index(after: start)..<end.lowerBound])
        }
        if let content = between("\(name)=\"", "\"") { return MarkupText.unescaped(content) }
        return between("\(name)='", "'").map(MarkupText.unescaped)
    }

    private func between(_ opening: String, _ closing: String) -> Substring? {
        guard let start = text.firstRange(of: opening)?.upperBound,
            let end = text[start...].firstRange(of: closing)?.lowerBound
        else { return nil }
        return text[start..<end]
    }
}
