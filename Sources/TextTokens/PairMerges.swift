/// Byte-pair encoding: joins the pieces of a word, the pair that was learned first before all others.
///
/// Source: Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword units", 2016.
struct PairMerges: Sendable {
    private struct Pair: Hashable {
        let left: Int32
        let right: Int32
    }

    private struct Merge {
        let rank: Int32
        let result: Int32
    }

    /// A pair that may be joined: the lowest rank first, then the leftmost.
    private struct Candidate: Comparable {
        let rank: Int32
        let place: Int32
        let result: Int32

        static func < (a: Candidate, b: Candidate) -> Bool { (a.rank, a.place) < (b.rank, b.place) }
    }

    /// Pieces by the bytes of their names.
    private(set) var vocabulary: [ArraySlice<UInt8>: Int32]
    private var merges: [Pair: Merge] = [:]
    private let letters: [Int32]
    /// The pieces of bytes that end a word; the same as elsewhere where nothing marks ends.
    private let lastLetters: [Int32]
    private let takesWhole: Bool

    /// The rules of a file.
    ///
    /// - Parameters:
    ///   - vocabulary: Pieces by name.
    ///   - pairs: Pairs of names, the first learned first.
    ///   - suffix: What marks the last letter of a word.
    ///   - takesWhole: Whether a word that is a piece is not taken apart.
    /// - Throws: `TextTokensError` for letters or joined pairs that are no pieces.
    init(
        vocabulary: [String: Int],
        merges pairs: [(Substring.UTF8View, Substring.UTF8View)],
        suffix: String,
        takesWhole: Bool
    ) throws(TextTokensError) {
        var names: [ArraySlice<UInt8>: Int32] = [:]
        names.reserveCapacity(vocabulary.count)
        for (name, number) in vocabulary {
            guard let number = Int32(exactly: number), number >= 0 else {
                throw TextTokensError("the piece \(name.debugDescription) has the number \(number)")
            }
            names[Array(name.utf8)[...]] = number
        }
        func letters(_ suffix: String) throws(TextTokensError) -> [Int32] {
            try ByteAlphabet.scalars.enumerated().map { (byte, scalar) throws(TextTokensError) in
                let name = String(scalar) + suffix
                if let number = names[Array(name.utf8)[...]] { return number }
                // No text has these bytes in UTF-8.
                guard [0xC0, 0xC1].contains(byte) || byte > 0xF4 else {
                    throw TextTokensError(
                        "there is no piece \(name.debugDescription), which stands for a byte"
                    )
                }
                return -1
            }
        }
        self.letters = try letters("")
        lastLetters = try letters(suffix)
        self.merges.reserveCapacity(pairs.count)
        for (rank, (left, right)) in pairs.enumerated() {
            let (a, b) = (Array(left)[...], Array(right)[...])
            guard let left = names[a], let right = names[b], let result = names[a + b] else {
                let text = String(decoding: a + [0x20] + b, as: UTF8.self)
                throw TextTokensError("the merge \(text.debugDescription) joins or makes no pieces")
            }
            self.merges[Pair(left: left, right: right)] = Merge(rank: Int32(rank), result: result)
        }
        (self.vocabulary, self.takesWhole) = (names, takesWhole)
    }

    /// The number of a piece by its name.
    func piece(named name: String) -> Int? { vocabulary[Array(name.utf8)[...]].map(Int.init) }

    /// The pieces of a word.
    func pieces(of word: [UInt8]) -> [Int] {
        guard let last = word.last else { return [] }
        if takesWhole {
            var name = String.UnicodeScalarView()
            for byte in word { name.append(ByteAlphabet.scalars[Int(byte)]) }
            if let whole = piece(named: String(name)) { return [whole] }
        }
        var pieces = word.map { letters[Int($0)] }
        pieces[pieces.count - 1] = lastLetters[Int(last)]
        return joined(pieces)
    }

    private func joined(_ start: [Int32]) -> [Int] {
        var pieces = start
        // A piece that was joined to the one before has no place.
        var after = (0..<start.count).map { $0 + 1 }
        var before = (0..<start.count).map { $0 - 1 }
        var isGone = [Bool](repeating: false, count: start.count)
        var candidates = Heap<Candidate>()
        func consider(_ place: Int) {
            let next = after[place]
            guard next < pieces.count,
                let merge = merges[Pair(left: pieces[place], right: pieces[next])]
            else { return }
            candidates.insert(
                Candidate(rank: merge.rank, place: Int32(place), result: merge.result)
            )
        }
        for place in start.indices { consider(place) }
        while let candidate = candidates.removeLeast() {
            let place = Int(candidate.place)
            guard !isGone[place], after[place] < pieces.count,
                let merge = merges[Pair(left: pieces[place], right: pieces[after[place]])],
                merge.rank == candidate.rank
            else { continue }
            let next = after[place]
            (pieces[place], isGone[next]) = (merge.result, true)
            after[place] = after[next]
            if after[next] < pieces.count { before[after[next]] = place }
            if before[place] >= 0 { consider(before[place]) }
            consider(place)
        }
        return pieces.indices.compactMap { isGone[$0] ? nil : Int(pieces[$0]) }
    }
}

/// Values of which the least is at hand.
private struct Heap<Element: Comparable> {
    private var items: [Element] = []

    mutating func insert(_ item: Element) {
        items.append(item)
        var place = items.count - 1
        while place > 0, items[place] < items[(place - 1) / 2] {
            items.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    mutating func removeLeast() -> Element? {
        guard let last = items.popLast() else { return nil }
        guard let least = items.first else { return last }
        items[0] = last
        var place = 0
        while true {
            var best = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < items.count && items[child] < items[best] { best = child }
            guard best != place else { return least }
            items.swapAt(place, best)
            place = best
        }
    }
}
