import Checks

/// Counts of values in neighbouring intervals of equal width.
public struct HistogramBuckets: Sendable, Equatable {
    /// How many intervals values are sorted into.
    public static let usualCount = 30

    /// Left edge of the first interval.
    public var minimum: Double
    /// Right edge of the last interval.
    public var maximum: Double
    /// Counts, from left to right.
    public var counts: [Double]

    /// Counts made elsewhere.
    ///
    /// - Precondition: finite edges in order, one count or more.
    public init(minimum: Double, maximum: Double, counts: [Double]) {
        precondition(
            minimum <= maximum && minimum.isFinite && maximum.isFinite && !counts.isEmpty,
            "a histogram needs finite edges in order and a count, not \(minimum), \(maximum) "
                + "and \(counts.count) counts"
        )
        self.minimum = minimum
        self.maximum = maximum
        self.counts = counts
    }

    /// Sorts values into intervals; what is not finite is left out.
    ///
    /// Equal values all go into the last interval, as TensorBoard wants it. `nil` when no value
    /// is finite.
    public init?(_ values: [Double], count: Int = usualCount) {
        let values = values.filter(\.isFinite)
        guard let minimum = values.min(), let maximum = values.max() else { return nil }
        self.init(
            minimum: minimum,
            maximum: maximum,
            counts: [Double](repeating: 0, count: count)
        )
        // Halves, because the distance between the largest numbers is none itself.
        let width = maximum / 2 - minimum / 2
        for value in values {
            let place = width > 0 ? (value / 2 - minimum / 2) / width * Double(count) : .infinity
            counts[place < Double(count) ? Int(place) : count - 1] += 1
        }
    }

    /// Edges and count of every interval.
    var rows: [(left: Double, right: Double, count: Double)] {
        counts.indices.map { (edge($0), edge($0 + 1), counts[$0]) }
    }

    /// The edge before an interval; the last is the maximum to the bit.
    private func edge(_ index: Int) -> Double {
        if index == counts.count { return maximum }
        let share = Double(index) / Double(counts.count)
        return minimum * (1 - share) + maximum * share
    }
}
