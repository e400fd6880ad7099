extension Prompt {
    /// All prompts of what a person typed, braces expanded.
    ///
    /// - Parameters:
    ///   - text: As typed.
    ///   - presets: The person's own parameters.
    ///   - limit: Prompts that braces and `--repeat` may stand for.
    /// - Returns: At least one.
    /// - Throws: `PromptError`.
    public static func all(
        of text: String,
        presets: Presets = Presets(),
        limit: Int = permutations
    ) throws(PromptError) -> [Prompt] {
        var prompts: [Prompt] = []
        let plain = KeyboardForms.plain(try checked(text), names: Set(presets.values.keys))
        for text in try Permutations.expanded(plain, limit: limit) {
            prompts.append(try Prompt(reading: text, presets: presets))
        }
        let count = prompts.reduce(0) { $0 + $1.parameters.repetitions }
        guard count <= limit else {
            throw PromptError(
                .tooMany,
                "braces and --repeat stand for \(count) jobs, expected \(limit) at most; ask for fewer",
                parameter: PromptParameter.repeat.rawValue
            )
        }
        return prompts
    }

    /// One prompt, without alternatives.
    init(reading text: String, presets: Presets) throws(PromptError) {
        let (words, settings) = Self.split(try presets.expanded(text))
        var tokens = words.split(separator: " ")[...]
        var pictures: [String] = []
        while let token = tokens.first, let picture = try Self.picture(String(token)) {
            pictures.append(picture)
            tokens = tokens.dropFirst()
        }
        let parameters = try PromptParameters(reading: settings)
        let asked = try WeightedText.parts(of: tokens.joined(separator: " "))
        try Self.check(asked, pictures, parameters)
        let excluded = parameters.excluded
        let sum = asked.reduce(pictures.isEmpty ? 0 : parameters.imageWeight) { $0 + $1.weight }
        guard sum > 0 || (asked.isEmpty && excluded.isEmpty && pictures.isEmpty) else {
            throw PromptError(
                .weights,
                "the weights of what is wanted sum to \(Self.plain(sum)), expected more than 0;"
                    + " say what to draw, or raise some weights"
            )
        }
        // However many things are to be avoided, half of what is wanted stays.
        let each = -min(0.5, sum / 2 / Double(max(excluded.count, 1)))
        let avoided = excluded.map { Part(text: $0, weight: each) }
        self.init(pictures: pictures, parts: asked + avoided, parameters: parameters)
    }

    /// A text without characters that no text has.
    private static func checked(_ text: String) throws(PromptError) -> String {
        guard text.count <= length else {
            throw PromptError(
                .tooLong,
                "the prompt has \(text.count) characters, expected \(length) at most; shorten it"
            )
        }
        for (index, character) in text.enumerated() {
            guard let scalar = character.unicodeScalars.first(where: isUnwanted) else { continue }
            throw PromptError(
                .character,
                "a control character (U+\(hexadecimal(scalar))) is no part of a text; remove it",
                column: index + 1
            )
        }
        return text
    }

    /// Control characters but those of lines and tabs.
    private static func isUnwanted(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && !scalar.properties.isWhitespace
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }

    /// The words, and each parameter with its values.
    private static func split(_ text: String) -> (words: String, settings: [String]) {
        var words: [Substring] = []
        var settings: [String] = []
        for token in text.split(separator: " ") {
            if let name = parameterName(token) {
                settings.append(name)
            } else if settings.isEmpty {
                words.append(token)
            } else {
                settings[settings.count - 1] += " \(token)"
            }
        }
        return (words.joined(separator: " "), settings)
    }

    /// What follows the dashes, where a token is a parameter's name.
    static func parameterName(_ token: Substring) -> String? {
        guard token.hasPrefix("--") else { return nil }
        let name = token.dropFirst(2)
        return name.first?.isLetter == true ? String(name) : nil
    }

    /// A picture, where a token names one.
    private static func picture(_ token: String) throws(PromptError) -> String? {
        let spelled = token.lowercased()
        if spelled.hasPrefix("http://") || spelled.hasPrefix("https://") {
            throw PromptError(
                .picture,
                "addresses are not fetched: '\(token)'; save the picture and name the file"
            )
        }
        return isPicture(token) ? token : nil
    }

    /// Whether a word is the name of a picture's file.
    static func isPicture(_ token: String) -> Bool {
        let spelled = token.lowercased()
        let endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp"]
        return endings.contains { spelled.hasSuffix($0) && spelled.count > $0.count }
    }

    /// Parameters alone leave open what is drawn.
    private static func check(
        _ asked: [Part],
        _ pictures: [String],
        _ parameters: PromptParameters
    ) throws(PromptError) {
        guard asked.isEmpty else { return }
        if pictures.count == 1 {
            throw PromptError(
                .picture,
                "one picture needs words beside it; say what to draw, or name a second picture"
            )
        }
        if pictures.isEmpty, parameters.names.isEmpty {
            throw PromptError(.empty, "there is nothing to draw; say what, as in \"a red apple\"")
        }
    }
}
