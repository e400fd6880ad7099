import ImageMetrics
import Torch

/// How surely and how evenly a classifier names drawings.
struct InceptionMetric: Metric {
    let name = "is"
    let summary = "how surely and evenly a classifier names drawings"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let a = try comparison.seen(comparison.drawn, "drawn")
        let splits = a.size(0) >= 1000 ? 10 : 1
        let order = Tensor.uniform([a.size(0)], dtype: .float64, using: comparison.source(name))
        let mixed = a.selected(at: order.sorted(along: 0).places)
        guard let logits = withoutGradients({ comparison.features.logits(mixed) }) else {
            return .omitted(
                "a network that tells classes or captions apart, found \(comparison.features.name)"
            )
        }
        let score = InceptionScore(logits: logits, splits: splits)
        var found = [
            Measurement(
                "is" + comparison.features.suffix,
                score.mean,
                drawings: a.size(0),
                moreIsBetter: true
            )
        ]
        if splits > 1 {
            found.append(
                Measurement(
                    "is" + comparison.features.suffix + "_std",
                    score.deviation,
                    drawings: a.size(0)
                )
            )
        }
        return .measured(found)
    }
}
