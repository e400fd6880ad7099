import Generation
import ImageMetrics
import Neural
import Torch

/// How near held-out pictures, or training pictures where there are none, are made from their codes.
struct RemakingMetric: Metric {
    let name = "rfid"
    let summary = "Fréchet distance and PSNR of pictures made from their codes"
    let needsMore = true

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        guard let model = comparison.model?.model else {
            return .omitted("a model that draws codes, found pictures")
        }
        guard model.makesCodes else {
            return .omitted("a model that draws codes, found \(model.description.recipe)")
        }
        let (sample, name) =
            comparison.heldOut.map { ($0, "held-out") } ?? (comparison.training, "training")
        let chosen = sample.chosen(1000, using: comparison.source(name))
        guard chosen.count >= 2 else {
            return .omitted("two real pictures, found \(chosen.count)")
        }
        let real = try comparison.seen(sample, name).selected(at: Tensor(chosen))
        var ratios: [Double] = []
        let remade = try comparison.features.features(chosen.count) { range in
            let pictures = sample.pictures(Array(chosen[range]))
            let made = try model.remade(pictures)
            ratios += SignalRatio.decibels((made - pictures).squared().mean(over: [1, 2, 3]))
                .doubles()
            return made
        }
        return .measured([
            Measurement(
                "rfid" + comparison.features.suffix,
                frechetDistance(remade, real),
                drawings: chosen.count,
                real: chosen.count,
                moreIsBetter: false
            ),
            Measurement(
                "psnr",
                ratios.reduce(0, +) / Double(ratios.count),
                half: 1.96 * deviation(ratios) / Double(ratios.count).squareRoot(),
                drawings: chosen.count,
                real: chosen.count,
                moreIsBetter: true
            ),
        ])
    }
}
