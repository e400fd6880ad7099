/// Finds the name somebody meant.
public enum EditDistance {
    /// Count of insertions, deletions, replacements and swaps of neighbours between two names.
    public static func between(_ first: String, _ second: String) -> Int {
        let first = Array(first)
        let second = Array(second)
        var beforeLast = [Int](repeating: 0, count: second.count + 1)
        var last = Array(0...second.count)
        for row in 0..<first.count {
            var current = [row + 1]
            for column in 0..<second.count {
                let replaced = last[column] + (first[row] == second[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1],
                    first[row - 1] == second[column]
                {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[second.count]
    }

    /// The nearest of the known names; `nil` when none is near enough to be meant.
    public static func nearest(to name: String, among names: [String]) -> String? {
        let spelled = name.lowercased()
        let ranked = names.map { (name: $0, distance: between(spelled, $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, max(spelled.count, best.name.count) / 3) ? best.name : nil
    }
}
