/// What a model of the catalogue is called, in plain words.
struct FurnitureNames: Sendable {
    /// The name in English: `washbasin`.
    let english: String

    /// The name in Chinese; nil where none is known.
    let chinese: String?

    private let keywords: [String]
    private let chineseKeywords: [String]

    /// Words that keep their capital.
    private static let properWords: Set<String> = [
        "Christmas", "French", "Japanese", "Siamese",
    ]

    /// Words of the lists that say nothing about the thing, and makers' names.
    private static let idleTags: Set<String> = [
        "adjustable", "blend swap", "haussmann", "ipad", "nitendo", "peterbilt", "playstation",
        "ps", "scpts", "sony", "thonet", "velux", "xbox", "3", "4",
    ]

    /// Plain names of a model; nil for one that is left out.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - shared: The Chinese name of a model of the same English name in another catalogue.
    init?(_ model: FurnitureModel, shared: String?) {
        let known =
            FurnitureWords.entry(of: model.identifier) ?? FurnitureWords.entry(of: model.name)
        guard !FurnitureWords.brands.contains(model.name),
            !FurnitureWords.unclear.contains(model.name)
        else { return nil }
        let name = known?.english ?? Self.plain(model.name)
        english = name
        chinese = known?.chinese ?? model.chineseName ?? shared
        let category = model.category == "Miscellaneous" ? nil : model.category
        keywords = (model.tags + (category.map { [$0] } ?? [])).map(Self.plain).filter {
            !Self.idleTags.contains($0.lowercased()) && $0 != name
        }
        chineseKeywords =
            category.flatMap {
                FurnitureWords.entry(of: $0)?.chinese ?? model.chineseCategory
            }.map { [$0] } ?? []
    }

    /// The captions in both languages.
    func captions(of view: FurnitureView) -> [Caption] {
        var captions = [
            Caption(
                language: "en",
                text: view.caption(english, language: "en"),
                keywords: keywords
            )
        ]
        if let chinese {
            captions.append(
                Caption(
                    language: "zh",
                    text: view.caption(chinese, language: "zh"),
                    keywords: chineseKeywords
                )
            )
        }
        return captions
    }

    /// `Wall flat TV` as `wall flat TV`: capitals only where they belong.
    private static func plain(_ name: String) -> String {
        name.split(separator: " ").map { word in
            let isProper = properWords.contains(String(word))
            let isShort = word.count == 1 || word.dropFirst().contains { $0.isUppercase }
            return isProper || isShort ? String(word) : word.lowercased()
        }.joined(separator: " ")
    }
}
