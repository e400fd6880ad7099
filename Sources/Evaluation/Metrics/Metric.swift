/// A figure, or several, of drawings beside real pictures.
///
/// One is a file that says what it is and takes it, and a line in `Metrics/registry`, to which a
/// package of one's own may add.
public protocol Metric: Sendable {
    /// What it is called where metrics are chosen, such as `fid`.
    var name: String { get }
    /// What it is, in a line.
    var summary: String { get }
    /// Whether it needs a model, or classes, beside pictures.
    var needsMore: Bool { get }

    /// Takes it.
    ///
    /// - Parameter comparison: Two drawings and two real pictures at least.
    /// - Returns: Its figures, or what it needs.
    /// - Throws: What is wrong with the pictures or with kept features.
    func outcome(_ comparison: Comparison) throws -> MetricOutcome
}

extension Metric {
    /// Most need pictures alone.
    public var needsMore: Bool { false }
}

/// What came of a metric.
public enum MetricOutcome {
    /// Its figures.
    case measured([Measurement])
    /// What it needs and did not find.
    case omitted(String)
}
