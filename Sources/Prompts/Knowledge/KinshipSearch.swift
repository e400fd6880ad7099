/// The search for the nearest known thing among WordNet's meanings, in the order of what ways cost.
struct KinshipSearch {
    /// A way as far as it was gone.
    private struct Way {
        var meaning: WordNet.Meaning
        var steps: Int
        /// What the way turned round at.
        var shared: WordNet.Meaning?
    }

    private let net: WordNet
    private let form: String
    private let word: String
    private let isKnown: (String) -> Bool
    /// Costs are small whole numbers: a list for each takes the place of a heap.
    private var waiting: [[Way]]
    private var best: (cost: Int, reading: WordReading)?

    /// A search that begins at a word's meanings.
    init(_ net: WordNet, from form: String, as word: String, isKnown: @escaping (String) -> Bool) {
        (self.net, self.form, self.word, self.isKnown) = (net, form, word, isKnown)
        waiting = [[Way]](repeating: [], count: KinshipSearch.farthest + 1)
        let isName = word.first?.isUppercase == true
        let priced = net.meanings(of: form).enumerated().map { rank, meaning in
            (2 * rank + KinshipSearch.price(of: meaning, form, isName), meaning)
        }
        let least = priced.map(\.0).min() ?? 0
        for (price, meaning) in priced { add(Way(meaning: meaning, steps: 0), at: price - least) }
    }

    /// The nearest known thing; nothing where none is near enough.
    mutating func nearest() -> WordReading? {
        var seen: Set<[Int]> = []
        for cost in waiting.indices {
            if let best, best.cost <= cost { break }
            var place = 0
            while place < waiting[cost].count, seen.count < KinshipSearch.patience {
                let way = waiting[cost][place]
                place += 1
                let key = [way.meaning.number, way.shared?.number ?? -1]
                guard seen.insert(key).inserted else { continue }
                arrive(way, cost)
                for number in way.shared == nil ? way.meaning.kinds : [] {
                    go(to: number, from: way, turning: nil, at: cost + 2)
                }
                guard way.steps > 0 else { continue }
                for number in way.meaning.members {
                    go(to: number, from: way, turning: way.shared ?? way.meaning, at: cost + 4)
                }
            }
        }
        return best?.reading
    }

    /// Notes the known words that stand at a way's end.
    private mutating func arrive(_ way: Way, _ cost: Int) {
        for word in way.meaning.words where word != form && isKnown(word) {
            let rank = net.meanings(of: word).firstIndex { $0.number == way.meaning.number }
            note(word, way, cost + 4 * (rank ?? KinshipSearch.farthest), way.steps)
        }
        guard way.shared == nil else { return }
        for word in way.meaning.definition.nouns {
            let word = net.forms(of: word).first(where: isKnown)
            guard let word, word != form, !KinshipSearch.vague.contains(word),
                let meaning = net.meanings(of: word).first, meaning.topic == way.meaning.topic
            else { continue }
            return note(word, way, cost + 2, way.steps + 1)
        }
    }

    private mutating func note(_ known: String, _ way: Way, _ cost: Int, _ steps: Int) {
        let cost = cost + (KinshipSearch.vague.contains(known) ? 8 : 0)
        guard cost < best?.cost ?? .max else { return }
        let relation: WordReading.Relation =
            way.shared != nil ? .relative : steps > 0 ? .kind : .same
        let reading = WordReading(
            word: word,
            drawn: known,
            relation: relation,
            shared: way.shared?.words.first
        )
        best = (cost, reading)
    }

    private mutating func go(
        to number: Int,
        from way: Way,
        turning: WordNet.Meaning?,
        at cost: Int
    ) {
        guard cost < waiting.count, let next = net.meaning(number), next.isThing else { return }
        add(Way(meaning: next, steps: way.steps + 1, shared: turning), at: cost)
    }

    private mutating func add(_ way: Way, at cost: Int) {
        if waiting.indices.contains(cost) { waiting[cost].append(way) }
    }

    /// What it costs that a word is meant so: topics by the numbers of the lexicographers' files.
    private static func price(of meaning: WordNet.Meaning, _ form: String, _ isName: Bool) -> Int {
        let topic =
            switch meaning.topic {
            case 5: -8  // animals
            case 13: -5  // food
            case 6: -3  // things that are made
            case 8, 17, 20: -2  // bodies, things of nature, plants
            case 18, 19: 0  // persons, what happens in nature
            case 27: 2  // substances
            default: 6
            }
        let isWritten = meaning.words.contains(form)
        return topic + (isWritten || isName ? 0 : 8)
    }

    /// What the longest way may cost.
    private static let farthest = 18
    /// How many meanings are looked at before giving up.
    private static let patience = 20_000
    /// Words that say too little to draw something by.
    private static let vague: Set<String> = [
        "adult", "young", "female", "male", "creature", "worker", "person", "piece", "man", "woman",
        "animal", "plant", "food", "thing", "people", "child", "old", "tool", "dish", "sport",
        "herb", "container",
    ]
}

extension WordNet.Meaning {
    /// Whether it is no more general than a plant, an animal, a person or food: topic 3 holds what is above all.
    fileprivate var isThing: Bool {
        topic != 3 || ["person", "animal", "plant", "food"].contains(words.first ?? "")
    }
}

extension String {
    /// The words of a definition that may be what it is about: those before it says where, how or what for.
    fileprivate var nouns: [String] {
        let all = split(separator: " ").map { $0.trimmingCharacters(in: .punctuationCharacters) }
        var nouns: [String] = []
        for (place, word) in all.enumerated() {
            if word == "of" {
                guard place > 0, String.sorts.contains(all[place - 1]) else { break }
            } else if String.turns.contains(word) {
                break
            }
            if word.count > 2, !word.contains("-") { nouns.append(word) }
        }
        return nouns
    }

    /// What stands before "of" where the thing itself follows.
    private static let sorts: Set<String> = [
        "any", "breed", "breeds", "form", "genus", "kind", "member", "numerous", "one", "pair",
        "piece", "several", "sort",
        "species", "strain", "type", "varieties", "various", "variety", "young",
    ]

    /// What a definition goes on with after naming the thing.
    private static let turns: Set<String> = [
        "and", "as", "at", "bred", "by", "can", "consisting", "containing", "covered", "designed",
        "for", "from",
        "having", "in", "like", "made", "on", "resembling", "similar", "than", "that", "to", "used",
        "usually",
        "when", "where", "which", "who", "whose", "with", "without", "worn",
    ]
}
