import ImageMetrics
import Torch

/// How drawings and real pictures lie among each other's neighbours.
struct ManifoldMetric: Metric {
    /// Precision and recall.
    static let precisionRecall = ManifoldMetric(
        name: "pr",
        summary: "precision and recall, 3 neighbours",
        k: 3,
        figures: ["precision", "recall"]
    )
    /// Density and coverage.
    static let densityCoverage = ManifoldMetric(
        name: "dc",
        summary: "density and coverage, 5 neighbours",
        k: 5,
        figures: ["density", "coverage"]
    )

    let name: String
    let summary: String
    private let k: Int
    private let figures: [String]

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let count = min(comparison.drawn.count, comparison.training.count)
        guard count > k else {
            return .omitted("more than \(k) pictures of either, found \(count)")
        }
        let scores = try comparison.manifold(k, count: count)
        let values =
            k == 3 ? [scores.precision, scores.recall] : [scores.density, scores.coverage]
        return .measured(
            zip(figures, values).map { name, value in
                // The density is no share.
                name == "density"
                    ? Measurement(
                        name + comparison.features.mark,
                        value,
                        drawings: count,
                        real: count,
                        moreIsBetter: true
                    )
                    : .share(
                        name + comparison.features.mark,
                        value,
                        of: count,
                        drawings: count,
                        real: count
                    )
            }
        )
    }
}
