import Checks
import Foundation
import Torch

/// How long the figures of two large sets take, on made-up pictures that are their own features.
public struct MetricBenchmark: Codable, Sendable {
    /// Pictures of either set.
    public let pictures: Int
    /// Features of each.
    public let features: Int
    /// The figures.
    public let measurements: [Measurement]
    /// How long each metric took.
    ///
    /// Units: seconds.
    public let seconds: [String: Double]

    /// What is taken: all that needs neither a model nor classes.
    public static var metrics: [any Metric] { Metrics.registry.all.filter { !$0.needsMore } }

    /// All of it.
    ///
    /// Units: seconds.
    public var total: Double { seconds.values.reduce(0, +) }

    /// Takes each of them once.
    ///
    /// - Parameters:
    ///   - count: Pictures of either set; a tenth as many are held out.
    ///   - threads: Of the processor; as many as it has by default.
    ///   - watch: Told what is measured.
    /// - Throws: Nothing that made-up pictures could be wrong in.
    /// - Precondition: 200 pictures, so that nothing is left out.
    public init(
        of count: Int = 10_000,
        threads: Int? = nil,
        watch: (String) -> Void
    ) throws {
        if let threads { Machine.threads = threads }
        precondition(count >= 200, "\(count) pictures")
        let source = RandomSource(seed: 0, purpose: "benchmark")
        func sample(_ name: String, _ count: Int, _ deviation: Double) -> PictureSample {
            let all = Tensor.normal([count, 2, 16, 16], deviation: deviation, using: source)
            return PictureSample(name, count: count, labels: nil) { all.selected(at: Tensor($0)) }
        }
        let comparison = Comparison(
            sample("drawn", count, 0.3),
            training: sample("training", count, 0.32),
            heldOut: sample("held-out", count / 10, 0.32),
            by: PlainFeatures(using: source),
            keptIn: nil
        )
        var (measurements, seconds): ([Measurement], [String: Double]) = ([], [:])
        for metric in MetricBenchmark.metrics {
            watch(metric.summary)
            let start = Date()
            if case .measured(let found) = try comparison.take(metric) { measurements += found }
            seconds[metric.name] = Date().timeIntervalSince(start)
        }
        (pictures, features) = (count, 512)
        (self.measurements, self.seconds) = (measurements, seconds)
    }

    /// The pictures' own numbers, and ten classes by chance.
    private struct PlainFeatures: FeatureSource {
        let name = "made up"
        let suffix = "_local"
        let digest = ""
        private let classes: Tensor

        init(using source: RandomSource) {
            classes = .normal([512, 10], using: source)
        }

        func features(_ pictures: Tensor) -> Tensor { pictures.flattened(from: 1) }

        func logits(_ features: Tensor) -> Tensor? { features.multiplied(by: classes) }
    }
}
