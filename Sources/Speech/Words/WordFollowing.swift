import Foundation

/// How likely words follow one another: counted over texts in threes, interpolated with pairs and single words, so that
/// what no text has can be said, too.
///
/// Source: Witten and Bell, The zero-frequency problem, IEEE Transactions on Information Theory 37 (1991).
struct WordFollowing {
    /// The model in ARPA's form.
    let arpa: String

    /// Bits of a word's number in a key of several.
    private static let bits: UInt64 = 20
    /// How often words count that texts leave out.
    private static let often = 30.0

    /// Rows of one length.
    private struct Rows {
        /// The likelihood of a row's last word after the others, by the numbers of all.
        var shares: [UInt64: Double] = [:]
        /// What is left for words that were not seen after a row.
        var rest: [UInt64: Double] = [:]
    }

    /// Counts texts.
    ///
    /// - Parameters:
    ///   - words: All that may be said, each once.
    ///   - often: Those of them that count as said some times at least.
    ///   - texts: Words in order; texts with other words count for nothing.
    init(words: [String], often: Set<String>, texts: [[String]]) {
        let names = ["<s>", "</s>"] + words.prefix(1 << 19)
        let numbers = Dictionary(names.enumerated().map { ($1, UInt64($0)) }) { first, _ in first }
        var counts: [[UInt64: Double]] = [[:], [:], [:]]
        for text in texts {
            let row = text.compactMap { numbers[$0] }
            guard row.count == text.count, !row.isEmpty else { continue }
            let all = [0] + row + [1]
            for end in 1..<all.count {
                counts[0][all[end], default: 0] += 1
                let pair = all[end - 1] << Self.bits | all[end]
                counts[1][pair, default: 0] += 1
                guard end > 1 else { continue }
                counts[2][all[end - 2] << (2 * Self.bits) | pair, default: 0] += 1
            }
        }
        // Every word may be said, and nothing follows the end.
        for (name, number) in numbers where number > 0 {
            counts[0][number, default: 0] += often.contains(name) ? Self.often : 1
        }
        let sum = counts[0].values.reduce(0, +)
        var rows = [Rows(shares: counts[0].mapValues { $0 / sum }), Rows(), Rows()]
        for length in 1...2 {
            let lower = rows[length - 1].shares
            let mask = UInt64(1) << (UInt64(length) * Self.bits) - 1
            let groups = Dictionary(grouping: counts[length]) { $0.key >> Self.bits }
            for (before, found) in groups {
                let total = found.reduce(0) { $0 + $1.value }
                let seen = total / (total + Double(found.count))
                var (taken, known) = (0.0, 0.0)
                for (key, count) in found {
                    let below = lower[key & mask] ?? 0
                    let share = seen * count / total + (1 - seen) * below
                    rows[length].shares[key] = share
                    (taken, known) = (taken + share, known + below)
                }
                rows[length - 1].rest[before] = max(1 - taken, 1e-6) / max(1 - known, 1e-6)
            }
        }
        rows[0].shares[0] = 0
        arpa = Self.text(rows, names)
    }

    private static func text(_ rows: [Rows], _ names: [String]) -> String {
        func digits(_ value: Double) -> String {
            value > 0 ? "\((max(log10(value), -99) * 10_000).rounded() / 10_000)" : "-99"
        }
        func words(_ key: UInt64, _ length: Int) -> String {
            (0..<length).reversed().map { place in
                let number = key >> (UInt64(place) * bits) & (1 << bits - 1)
                return names[Int(number)]
            }
            .joined(separator: " ")
        }
        var lines = ["\\data\\"]
        lines += rows.enumerated().map { "ngram \($0 + 1)=\($1.shares.count)" }
        for (place, found) in rows.enumerated() {
            lines += ["", "\\\(place + 1)-grams:"]
            for (key, share) in found.shares.sorted(by: { $0.key < $1.key }) {
                // The longest rows are followed by nothing.
                let rest = place < 2 ? " " + digits(found.rest[key] ?? 1) : ""
                lines.append("\(digits(share)) \(words(key, place + 1))\(rest)")
            }
        }
        return (lines + ["", "\\end\\", ""]).joined(separator: "\n")
    }
}
