import ImageMetrics
import Torch

/// The mean of the Fréchet distances within each class.
struct ClassFrechetMetric: Metric {
    let name = "ifid"
    let summary = "mean Fréchet distance within each class"
    let needsMore = true

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard let asked = comparison.drawn.labels, let own = comparison.training.labels else {
            return .omitted("classes of drawings and of real pictures")
        }
        let (a, b) = (
            try comparison.seen(comparison.drawn, "drawn"),
            try comparison.seen(comparison.training, "training")
        )
        var distances: [Double] = []
        for label in Set(own).filter({ $0 >= 0 }).sorted() {
            let rows = (
                asked.indices.filter { asked[$0] == label }, own.indices.filter { own[$0] == label }
            )
            guard rows.0.count >= 2, rows.1.count >= 2 else {
                return .omitted(
                    "two drawings and two pictures of each class, found \(rows.0.count) and"
                        + " \(rows.1.count) of class \(label)"
                )
            }
            distances.append(
                frechetDistance(
                    a.selected(at: Tensor(rows.0)),
                    b.selected(at: Tensor(rows.1))
                )
            )
        }
        return .measured([
            Measurement(
                "ifid" + comparison.features.suffix,
                distances.reduce(0, +) / Double(distances.count),
                half: 1.96 * deviation(distances) / Double(distances.count).squareRoot(),
                drawings: comparison.drawn.count,
                real: comparison.training.count,
                moreIsBetter: false
            )
        ])
    }
}

/// How well classifiers carry over: from drawings to real pictures, from as many real pictures to
/// others, and from real pictures to drawings.
///
/// Source: Ravuri and Vinyals, "Classification accuracy score for conditional generative models",
/// NeurIPS 2019; Shmelkov et al., "How good is my GAN?", ECCV 2018, for both directions.
struct ClassificationMetric: Metric {
    let name = "cas"
    let summary = "accuracy of classifiers from drawings to real pictures, and back"
    let needsMore = true

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard let asked = comparison.drawn.labels, let own = comparison.training.labels,
            let heldOut = comparison.heldOut,
            let wanted = heldOut.labels
        else { return .omitted("classes of drawings, and of real pictures that were held out") }
        guard (asked + own + wanted).allSatisfy({ $0 >= 0 }) else {
            return .omitted("a class of every picture, found some without")
        }
        let classes = ((asked + own + wanted).max() ?? 0) + 1
        for label in 0..<classes where !asked.contains(label) {
            return .omitted("drawings of each class, found none of class \(label)")
        }
        let count = min(comparison.drawn.count, comparison.training.count)
        let chosen = comparison.training.chosen(count, using: comparison.source(name))
        let epochs = min(max(40_000 / count, 2), 40)
        func learned(_ sample: PictureSample, _ places: [Int], _ labels: [Int]) -> LocalNetwork {
            let channels = sample.pictures([0]).size(1)
            let network = LocalNetwork(
                channels: channels,
                heads: [classes],
                using: RandomSource(seed: 2, purpose: "judge")
            )
            network.learn(
                { some in sample.pictures(some.map { places[$0] }) },
                labels: places.map { [labels[$0]] },
                epochs: epochs
            )
            return network
        }
        func accuracy(_ network: LocalNetwork, _ sample: PictureSample, _ labels: [Int]) -> Double {
            withoutGradients {
                var right = 0
                for start in stride(from: 0, to: sample.count, by: 100) {
                    let some = Array(start..<min(start + 100, sample.count))
                    let named = network.logits(network.features(sample.pictures(some)))[0]
                        .argmax(along: 1).elements(as: Int.self)
                    right += zip(some, named).count { labels[$0] == $1 }
                }
                return Double(right) / Double(sample.count)
            }
        }
        let fromDrawings = learned(comparison.drawn, Array(0..<comparison.drawn.count), asked)
        let fromReal = learned(comparison.training, chosen, own)
        func one(_ name: String, _ value: Double, on count: Int) -> Measurement {
            .share(name, value, of: count, drawings: comparison.drawn.count, real: heldOut.count)
        }
        return .measured([
            one("cas", accuracy(fromDrawings, heldOut, wanted), on: heldOut.count),
            one("cas_real", accuracy(fromReal, heldOut, wanted), on: heldOut.count),
            one(
                "gan_test",
                accuracy(fromReal, comparison.drawn, asked),
                on: comparison.drawn.count
            ),
        ])
    }
}
