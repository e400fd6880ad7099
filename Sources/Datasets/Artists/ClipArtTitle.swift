/// What a piece of clip art is called, from its title or, where that says nothing, its file name.
enum ClipArtTitle {
    /// Words that say nothing of what is shown.
    private static let empty: Set<String> = [
        "art", "clipart", "clip", "cliparts", "various", "icon", "icons", "image", "theme", "svg",
        "etiquette", "untitled", "drawing", "picture", "new", "document", "no", "name", "simple",
        "the", "a", "an", "of", "collection", "set", "architetto", "francesco", "rollandin",
    ]

    /// A name in lower case; nil where neither title nor file name is one.
    static func of(_ told: ClipArtMetadata, file: String) -> String? {
        let artist = Set(words(told.artist))
        let stem = file.hasSuffix(".svg") ? String(file.dropLast(4)) : file
        for text in [told.title, stem] {
            let kept = words(text).filter { !artist.contains($0) && !$0.allSatisfy(\.isNumber) }
            let telling = kept.filter { !empty.contains($0) && $0.count > 1 }
            guard !telling.isEmpty, telling.count <= 6 else { continue }
            let name = kept.joined(separator: " ")
            if isPlain(name) { return name }
        }
        return nil
    }

    /// Whether a text is words of plain letters.
    static func isPlain(_ text: String) -> Bool {
        !text.isEmpty && text.count <= 48
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || $0 == " " || $0 == "-" || $0 == "'")
            }
    }

    /// The words of a text in lower case: cut at what is no letter, and where small letters meet large
    /// ones or digits.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var last: Character = " "
        for character in text {
            let isNew =
                (last.isLowercase && character.isUppercase)
                || (last.isLetter != character.isLetter)
            if isNew, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
            last = character
        }
        if !word.isEmpty { words.append(word) }
        return words.map { $0.lowercased() }
    }
}
