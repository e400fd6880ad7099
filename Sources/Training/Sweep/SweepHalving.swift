import Runs

/// Successive halving: all runs begin with a small budget, and the best of each round go on with a larger one.
///
/// Source: Jamieson and Talwalkar, "Non-stochastic best arm identification", AISTATS 2016.
public struct SweepHalving: Codable, Sendable, Equatable {
    /// One of so many runs goes on, with so many times the budget.
    public var factor: Int
    /// The figure that decides, as rows call it.
    public var figure: String
    /// Whether it is better low or high.
    public var mode: Recipe.Mode

    /// A rule for who goes on.
    public init(factor: Int, figure: String, mode: Recipe.Mode) {
        (self.factor, self.figure, self.mode) = (factor, figure, mode)
    }

    /// What the first round's budget is multiplied with.
    func share(of rung: Int) -> Int {
        (0..<rung).reduce(1) { share, _ in
            let (product, isTooLarge) = share.multipliedReportingOverflow(by: factor)
            return isTooLarge ? share : product
        }
    }

    /// The rows whose runs go on: at least one, the best first.
    ///
    /// A run without the figure is the worst.
    func best(of rows: [SweepRow]) -> [SweepRow] {
        let ranked = rows.sorted { left, right in
            guard let one = left.figures[figure] else { return false }
            return right.figures[figure].map { mode.isBetter(one, than: $0) } ?? true
        }
        return Array(ranked.prefix(max(rows.count / factor, 1)))
    }
}
