import Runs

/// What came of a run of a sweep.
public struct SweepRow: Codable, Sendable, Equatable {
    /// The values that it had, in the order of the axes.
    public var cell: [String]
    /// How often it had been chosen to go on; nothing in sweeps without halving.
    public var rung: Int?
    /// The run's folder, inside the sweep's.
    public var run: String
    /// Why it ended.
    public var reason: RunStatus.Reason
    /// Real pictures shown.
    public var images: Int
    /// The last figures of its evaluations, and what was measured after it.
    public var figures: [String: Double]
}
