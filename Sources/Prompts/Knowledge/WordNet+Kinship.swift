extension WordNet {
    /// The nearest thing that is known: of the same meaning, else what the word is a kind of, else another kind
    /// of that.
    ///
    /// The cheapest way wins. A step to what a meaning is a kind of, or to a thing that its definition names,
    /// costs 2, a step back to one of its kinds 4, each commoner meaning that a word has 2 and each that the
    /// known word has 4. What can be seen costs less than what cannot: a mole is an animal first.
    ///
    /// - Parameters:
    ///   - word: Not known; one word or several that mean one thing together.
    ///   - isKnown: Whether a single word is known.
    /// - Returns: Nothing where no way leads to a known word.
    public func reading(of word: String, isKnown: @escaping (String) -> Bool) -> WordReading? {
        for form in forms(of: word) {
            if form != word.lowercased(), isKnown(form) {
                return WordReading(word: word, drawn: form, relation: .same)
            }
            var search = KinshipSearch(self, from: form, as: word, isKnown: isKnown)
            if let found = search.nearest() { return found }
        }
        return nil
    }
}
