import ImageMetrics
import Torch

/// The kernel distance of features.
struct KernelMetric: Metric {
    let name = "kid"
    let summary = "kernel distance of features"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let (a, b) = (
            try comparison.seen(comparison.drawn, "drawn"),
            try comparison.seen(comparison.training, "training")
        )
        let found = KernelDistance(a, b, using: comparison.source(name))
        let counts = (drawings: a.size(0), real: b.size(0))
        let mean = Measurement(
            "kid" + comparison.features.suffix,
            found.mean,
            drawings: counts.drawings,
            real: counts.real,
            moreIsBetter: false
        )
        // Where a subset takes all drawings, subsets say nothing of how far it may be off.
        guard min(counts.drawings, counts.real) > 1000 else { return .measured([mean]) }
        return .measured([
            mean,
            Measurement(
                "kid" + comparison.features.suffix + "_std",
                found.deviation,
                drawings: counts.drawings,
                real: counts.real
            ),
        ])
    }
}
