import Generation
import ImageMetrics
import Torch

/// How far features move for a small step between two drawings, squared, over the step squared.
struct PathMetric: Metric {
    let name = "ppl"
    let summary = "perceptual path length"
    let needsMore = true

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard let subject = comparison.model else {
            return .omitted("a model that draws from latents, found pictures")
        }
        let (model, samples, seed) = (subject.model, subject.samples, subject.seed)
        let (step, count) = (1e-2, min(samples, 1000))
        var lengths: [Double] = []
        for start in stride(from: 0, to: count, by: 50) {
            let pair: (Tensor, Tensor)
            do {
                pair = try model.pathSteps(start..<min(start + 50, count), step: step, seed: seed)
            } catch GenerationError.lacks {
                return .omitted(
                    "a model that draws in one step, found \(model.description.recipe)"
                )
            }
            withoutGradients {
                let (a, b) = (
                    comparison.features.features(pair.0), comparison.features.features(pair.1)
                )
                lengths += ((a - b).squared().sum(over: [1]) / (step * step)).doubles()
            }
        }
        return .measured([
            Measurement(
                "ppl" + comparison.features.suffix,
                lengths.reduce(0, +) / Double(lengths.count),
                half: 1.96 * deviation(lengths) / Double(lengths.count).squareRoot(),
                drawings: lengths.count,
                moreIsBetter: false
            )
        ])
    }
}

/// Bits for each number of held-out pictures, or of training pictures where nothing is held out.
struct BitsMetric: Metric {
    let name = "bits"
    let summary = "bits per dimension of held-out pictures"
    let needsMore = true

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard let model = comparison.model?.model else {
            return .omitted("a model of pixels, found pictures")
        }
        let figure = "Evaluation/bits_per_dimension"
        let none = MetricOutcome.omitted("a model of pixels, found \(model.description.recipe)")
        guard !model.makesCodes else { return none }
        let sample = comparison.heldOut ?? comparison.training
        let chosen = sample.chosen(500, using: comparison.source(name))
        let classes = comparison.classes(model)
        let first = comparison.heldOut == nil ? 0 : comparison.training.count
        var values: [(value: Double, count: Int)] = []
        for start in stride(from: 0, to: chosen.count, by: 50) {
            let some = Array(chosen[start..<min(start + 50, chosen.count)])
            let marks = model.validationMetrics(
                of: sample.pictures(some),
                classes: some.map { classes[first + $0] }
            )
            guard let value = marks[figure] else { return none }
            values.append((value, some.count))
        }
        let sum = values.reduce(0) { $0 + $1.value * Double($1.count) }
        // Batches that are not whole say little of how far the others lie apart.
        let whole = values.filter { $0.count == 50 }.map(\.value)
        return .measured([
            Measurement(
                "bits_per_dimension",
                sum / Double(chosen.count),
                half: whole.count > 2
                    ? 1.96 * deviation(whole) / Double(whole.count).squareRoot() : nil,
                drawings: 0,
                real: chosen.count,
                moreIsBetter: false
            )
        ])
    }
}
