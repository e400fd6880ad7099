import ImageMetrics
import Torch

/// How differently patches are distributed.
struct PatchMetric: Metric {
    let name = "swd"
    let summary = "sliced Wasserstein distance of patches, times 1000"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let source = comparison.source(name)
        let count = min(comparison.drawn.count, comparison.training.count, 1024)
        let first = comparison.drawn.pictures(comparison.drawn.chosen(count, using: source))
        let second = comparison.training.pictures(comparison.training.chosen(count, using: source))
        guard min(first.size(2), first.size(3)) >= 16 else {
            return .omitted("sides of 16 pixels, found \(first.size(3))×\(first.size(2))")
        }
        let found = SlicedDistance(first, second, using: source)
        return .measured(
            found.levels.map { level in
                Measurement(
                    "swd_\(level.side)",
                    1000 * level.distance,
                    drawings: count,
                    real: count,
                    moreIsBetter: false
                )
            }
        )
    }
}

/// How alike pairs of drawings are, and pairs of real pictures; of one class where classes are known.
struct SimilarityMetric: Metric {
    let name = "ms-ssim"
    let summary = "MS-SSIM of pairs of drawings of a class"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let first = comparison.drawn.pictures([0])
        let (height, width) = (first.size(2), first.size(3))
        guard min(height, width) >= 11 else {
            return .omitted("sides of 11 pixels, found \(width)×\(height)")
        }
        let measure = StructuralSimilarity(height: height, width: width)
        func one(_ name: String, _ sample: PictureSample) -> Measurement? {
            let source = comparison.source(self.name)
            let groups = Dictionary(grouping: 0..<sample.count) { sample.labels?[$0] ?? 0 }
                .filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map(\.value)
            guard !groups.isEmpty else { return nil }
            let pairs = (0..<400).map { _ in
                let group = groups[source.next(below: groups.count)]
                let (a, step) = (
                    source.next(below: group.count), 1 + source.next(below: group.count - 1)
                )
                return (group[a], group[(a + step) % group.count])
            }
            let values = stride(from: 0, to: pairs.count, by: 100).flatMap { start in
                let some = pairs[start..<min(start + 100, pairs.count)]
                return measure(sample.pictures(some.map(\.0)), sample.pictures(some.map(\.1)))
                    .doubles()
            }
            return Measurement(
                name,
                values.reduce(0, +) / Double(values.count),
                half: 1.96 * deviation(values) / Double(values.count).squareRoot(),
                drawings: sample.count,
                moreIsBetter: name == "ms_ssim" ? false : nil
            )
        }
        let found = [one("ms_ssim", comparison.drawn), one("ms_ssim_real", comparison.training)]
            .compactMap { $0 }
        return found.isEmpty ? .omitted("two drawings of a class") : .measured(found)
    }
}
