import Torch

/// What was seen before and after one thing was changed, pair by pair of drawings of the same chances.
struct AttributeTrial {
    /// For each two settings that are compared the answers of each seed, as numbers.
    private let pairs: [[(Int, Int)]]
    private let kinds: Int

    /// - Parameter seen: For each two settings the answers of each seed, as many each.
    init(_ seen: [[(String, String)]]) {
        var numbers: [String: Int] = [:]
        func number(_ text: String) -> Int {
            let found = numbers[text] ?? numbers.count
            numbers[text] = found
            return found
        }
        let seeds = seen.map(\.count).min() ?? 0
        pairs = seen.map { $0.prefix(seeds).map { (number($0.0), number($0.1)) } }
        kinds = numbers.count
    }

    /// The mean total variation between answers before and after: half of the sum of differences of shares.
    private func distance(_ chosen: (_ pair: Int, _ seed: Int) -> (Int, Int)) -> Double {
        var sum = 0.0
        for (number, pair) in pairs.enumerated() where !pair.isEmpty {
            var counts = [Int](repeating: 0, count: kinds)
            for seed in pair.indices {
                let (before, after) = chosen(number, seed)
                counts[before] += 1
                counts[after] -= 1
            }
            sum += Double(counts.reduce(0) { $0 + abs($1) }) / Double(2 * pair.count)
        }
        return pairs.isEmpty ? 0 : sum / Double(pairs.count)
    }

    /// What the changed attribute does, with how sure that is.
    ///
    /// Where it does nothing, before and after may be exchanged seed by seed: so often chance is tried. The interval is that of
    /// seeds drawn anew from those that are there.
    func arrow(_ from: String, _ to: String, _ trials: Int, seed: UInt64) -> AttributeGraph.Arrow {
        let found = distance { pairs[$0][$1] }
        let seeds = pairs.map(\.count).min() ?? 0
        guard seeds > 0, trials > 0 else {
            return .init(from: from, to: to, effect: 0, low: 0, high: 1, chance: 1, isClear: false)
        }
        let source = RandomSource(seed: seed, purpose: "attributes")
        let exchanged = (0..<trials).map { _ in
            let turns = (0..<seeds).map { _ in source.next(below: 2) == 0 }
            return distance { pair, seed in
                let (before, after) = pairs[pair][seed]
                return turns[seed] ? (after, before) : (before, after)
            }
        }
        let again = (0..<trials).map { _ in
            let rows = (0..<seeds).map { _ in source.next(below: seeds) }
            return distance { pair, seed in pairs[pair][rows[seed]] }
        }
        let more = exchanged.count { $0 >= found - 1e-12 }
        // So many differ by chance alone.
        let usual = exchanged.reduce(0, +) / Double(trials)
        let mean = again.reduce(0, +) / Double(trials)
        let spread =
            (again.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(trials)).squareRoot()
        // As kappa takes agreement by chance off: 1 where all that is seen is something else.
        let scale = usual < 1 ? 1 / (1 - usual) : 0
        let effect = (found - usual) * scale
        return .init(
            from: from,
            to: to,
            effect: effect,
            low: effect - 1.96 * spread * scale,
            high: min(effect + 1.96 * spread * scale, 1),
            chance: Double(more + 1) / Double(trials + 1),
            isClear: false
        )
    }
}
