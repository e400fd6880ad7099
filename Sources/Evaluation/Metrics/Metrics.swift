import Registries

/// All metrics, by name.
public enum Metrics {
    /// Those that come with the product, in the order in which they are taken, and those that were added.
    public static let registry = Registry<any Metric>(
        "metric",
        [
            FrechetMetric(), FrechetLimitMetric(), KernelMetric(), InceptionMetric(),
            ManifoldMetric.precisionRecall, ManifoldMetric.densityCoverage, ClassFrechetMetric(),
            ClassificationMetric(), PatchMetric(), SimilarityMetric(), MemoryMetric(),
            RemakingMetric(), PathMetric(), BitsMetric(),
        ]
    ) { $0.name }
}
