extension Prompt {
    /// The prompt with words that are not known replaced by the nearest thing that is, and what was replaced.
    ///
    /// Words that mean one thing together are looked up together first: a golden retriever is no gold. Pictures,
    /// weights and parameters stay. What is to be avoided is replaced by what means the same alone: who avoids
    /// jackals may want a dog.
    ///
    /// - Parameters:
    ///   - net: What things are a kind of.
    ///   - isKnown: Whether a word, or a whole text, is known, in small letters.
    /// - Returns: The same prompt where all is known, where nothing is found, or where `--literal` forbids it.
    public func understood(
        with net: WordNet,
        isKnown: @escaping (String) -> Bool
    ) -> (prompt: Prompt, readings: [WordReading]) {
        guard !parameters.has(.literal) else { return (self, []) }
        var prompt = self
        var readings: [WordReading] = []
        for place in parts.indices where !isKnown(parts[place].text.lowercased()) {
            let isAvoided = parts[place].weight < 0
            prompt.parts[place].text = Prompt.understood(parts[place].text) { words in
                let reading = net.reading(of: words, isKnown: isKnown)
                return isAvoided && reading?.relation != .same ? nil : reading
            } isKnown: {
                isKnown($0)
            } note: {
                if !readings.contains($0) { readings.append($0) }
            }
        }
        return (prompt, readings)
    }

    /// A text with its unknown words replaced.
    private static func understood(
        _ text: String,
        read: (String) -> WordReading?,
        isKnown: (String) -> Bool,
        note: (WordReading) -> Void
    ) -> String {
        let words = text.matches(of: /[\p{Latin}\p{M}]+(?:['’-]\p{Latin}+)*/)
        var made = ""
        var (end, next) = (text.startIndex, 0)
        while next < words.count {
            let longest = min(longestPhrase, words.count - next)
            var found: (count: Int, reading: WordReading)?
            for count in (1...longest).reversed() {
                let range = words[next].range.lowerBound..<words[next + count - 1].range.upperBound
                let own = words[next..<next + count].map { String($0.output) }
                guard own.contains(where: { !isKnown($0.lowercased()) }),
                    count == 1 || text[range].allSatisfy({ $0.isLetter || " '’-".contains($0) }),
                    let reading = read(own.joined(separator: " "))
                else { continue }
                found = (count, reading)
                break
            }
            let count = found?.count ?? 1
            let range = words[next].range.lowerBound..<words[next + count - 1].range.upperBound
            made += text[end..<range.lowerBound] + (found?.reading.drawn ?? String(text[range]))
            if let reading = found?.reading { note(reading) }
            (end, next) = (range.upperBound, next + count)
        }
        return made + text[end...]
    }

    /// Words that are looked up together at most.
    private static let longestPhrase = 4
}
