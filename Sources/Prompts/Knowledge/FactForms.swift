/// The forms of sentences that say a fact, in English and Chinese.
///
/// Their expressions take a millisecond to make, so those who read many sentences make them once.
struct FactForms {
    private let english =
        /(?:an?|the)?\s*(?<thing>[\p{Latin}][\p{Latin} '’-]*?)\s+(?:(?:is|are)\s+(?<colour>[a-z]+)|(?:is|are|stands?|lives?|sits?|lies?|lie|grows?|swims?|flies|fly|hangs?)\s+(?<place>(?:in|on|at|by|under|above|over|behind|beside|near)\s.+))/
        .ignoresCase()
    private let chineseColour = /(?<thing>\p{Han}+?)(?:总|通常)?是(?<colour>\p{Han}+?)的?/
    private let chinesePlace = /(?<thing>\p{Han}+?)(?:站|住|长|坐|飞|游|挂)?在(?<place>\p{Han}+)/

    /// What a sentence says; nothing where it says no colour and no place.
    func fact(_ sentence: String) -> ThingFacts.Fact? { chinese(sentence) ?? english(sentence) }

    private func english(_ sentence: String) -> ThingFacts.Fact? {
        guard let found = sentence.wholeMatch(of: english) else { return nil }
        let thing = found.thing.lowercased().split(separator: " ").map(String.init)
        let saying: ThingFacts.Saying
        if let place = found.place {
            saying = .place(String(place))
        } else {
            guard let colour = found.colour?.lowercased(), ColourName.isWord(colour) else {
                return nil
            }
            saying = .colour(colour)
        }
        return ThingFacts.Fact(thing: thing, saying: saying, isChinese: false, sentence: sentence)
    }

    private func chinese(_ sentence: String) -> ThingFacts.Fact? {
        if let found = sentence.wholeMatch(of: chineseColour),
            ColourName.isWord(String(found.colour))
        {
            return ThingFacts.Fact(
                thing: [String(found.thing)],
                saying: .colour(String(found.colour)),
                isChinese: true,
                sentence: sentence
            )
        }
        guard let found = sentence.wholeMatch(of: chinesePlace) else { return nil }
        return ThingFacts.Fact(
            thing: [String(found.thing)],
            saying: .place(String(found.place)),
            isChinese: true,
            sentence: sentence
        )
    }
}
