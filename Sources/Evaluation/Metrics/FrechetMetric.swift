import Checks
import ImageMetrics
import Torch

/// The Fréchet distance of features.
struct FrechetMetric: Metric {
    let name = "fid"
    let summary = "Fréchet distance of features"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let (a, b) = inOwnSpan(
            try comparison.seen(comparison.drawn, "drawn"),
            try comparison.seen(comparison.training, "training")
        )
        let source = comparison.source(name)
        let middle = b.mean(over: [0])
        let rows = (a - middle, b - middle)
        func again(_ rows: Tensor) -> FeatureMoments {
            var counts = [Double](repeating: 0, count: rows.size(0))
            let chosen = Tensor.integers([rows.size(0)], below: rows.size(0), using: source)
            for place in chosen.elements(as: Int.self) { counts[place] += 1 }
            return FeatureMoments(rows, counts: counts)
        }
        let real = FeatureMoments(b)
        let still = b.size(0) > 10_000 || b.size(1) > 1000 ? FeatureMoments(rows.1) : nil
        // How much the distance changes from sample to sample; each of these has more of a bias. Very many
        // real pictures would change nothing, and those of many features would take hours.
        let others = (0..<20).map { _ in
            let drawn = again(rows.0)
            return (still ?? again(rows.1)).distance(to: drawn)
        }
        return .measured([
            Measurement(
                "fid" + comparison.features.suffix,
                real.distance(to: FeatureMoments(a)),
                half: 1.96 * deviation(others),
                drawings: a.size(0),
                real: b.size(0),
                moreIsBetter: false
            )
        ])
    }
}

/// The same for endlessly many drawings.
struct FrechetLimitMetric: Metric {
    let name = "fid-limit"
    let summary = "Fréchet distance, extrapolated to endlessly many drawings"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard comparison.drawn.count >= 200 else {
            return .omitted("200 drawings, found \(comparison.drawn.count)")
        }
        let (a, b) = inOwnSpan(
            try comparison.seen(comparison.drawn, "drawn"),
            try comparison.seen(comparison.training, "training")
        )
        let found = FrechetLimit(a, b, using: comparison.source(name))
        return .measured([
            Measurement(
                "fid_limit" + comparison.features.suffix,
                found.distance,
                drawings: a.size(0),
                real: b.size(0),
                moreIsBetter: false
            )
        ])
    }
}
