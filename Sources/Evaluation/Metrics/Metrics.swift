import Synchronization

/// All metrics, by name.
public enum Metrics {
    /// Those that come with the product, in the order in which they are taken.
    static let bundled: [any Metric] = [
        FrechetMetric(), FrechetLimitMetric(), KernelMetric(), InceptionMetric(),
        ManifoldMetric.precisionRecall, ManifoldMetric.densityCoverage, ClassFrechetMetric(),
        ClassificationMetric(), PatchMetric(), SimilarityMetric(), MemoryMetric(),
        RemakingMetric(), PathMetric(), BitsMetric(),
    ]

    private static let added = Mutex<[any Metric]>([])

    /// All that there are.
    public static var all: [any Metric] { bundled + added.withLock { $0 } }

    /// The metric of a name.
    public static func named(_ name: String) -> (any Metric)? { all.first { $0.name == name } }

    /// Adds a metric; commands and reports know it from then on.
    ///
    /// - Precondition: no other has its name.
    public static func register(_ metric: any Metric) {
        precondition(named(metric.name) == nil, "two metrics are called '\(metric.name)'")
        added.withLock { $0.append(metric) }
    }
}
