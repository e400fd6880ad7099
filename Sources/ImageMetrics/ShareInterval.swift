/// Where the true share may lie, 95 times of 100, when so many of a sample were counted.
///
/// Unlike the usual ± it has a width at 0 and 1 and never leaves them.
///
/// Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 1927.
public struct ShareInterval: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// The interval of a share of a sample.
    ///
    /// - Parameters:
    ///   - share: What was found, 0 to 1.
    ///   - count: How many were looked at; nothing is known of none.
    public init(_ share: Double, of count: Int) {
        guard count > 0 else {
            (low, high) = (0, 1)
            return
        }
        let n = Double(count)
        let squared = 1.959_964 * 1.959_964
        let middle = (share + squared / (2 * n)) / (1 + squared / n)
        let half =
            (squared * (share * (1 - share) / n + squared / (4 * n * n))).squareRoot()
            / (1 + squared / n)
        // Rounding must not move the ends beyond the share itself.
        low = min(max(middle - half, 0), share)
        high = max(min(middle + half, 1), share)
    }
}
