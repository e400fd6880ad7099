/// Gathers measurements of one figure without keeping them.
public struct StatisticCollector: Sendable, Equatable {
    private var count = 0
    private var mean = 0.0
    private var squares = 0.0

    /// A collector without measurements.
    public init() {}

    /// Takes one measurement in.
    public mutating func add(_ value: Double) {
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squares += difference * (value - mean)
    }

    /// What was gathered; `nil` before the first measurement.
    public var statistic: Statistic? {
        guard count > 0 else { return nil }
        return Statistic(
            count: count,
            mean: mean,
            deviation: (squares / Double(count)).squareRoot()
        )
    }
}
