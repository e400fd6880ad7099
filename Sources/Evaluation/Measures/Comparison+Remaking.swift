import Generation
import ImageMetrics
import Neural
import Torch

extension Comparison {
    /// Held-out pictures, or training pictures where there are none, made from their codes.
    func remaking(by model: GeneratorModel) throws -> Outcome {
        guard model.description.family == "tokens" else {
            return .omitted("a model that draws codes, found \(model.description.recipe)")
        }
        let (sample, name) = heldOut.map { ($0, "held-out") } ?? (training, "training")
        let chosen = sample.chosen(1000, using: source(.remaking))
        guard chosen.count >= 2 else {
            return .omitted("two real pictures, found \(chosen.count)")
        }
        let real = try seen(sample, name).selected(at: Tensor(chosen))
        var ratios: [Double] = []
        let remade = try features.features(chosen.count) { range in
            let pictures = sample.pictures(Array(chosen[range]))
            let made = try model.remade(pictures)
            ratios += SignalRatio.decibels((made - pictures).squared().mean(over: [1, 2, 3]))
                .doubles()
            return made
        }
        return .measured([
            Measurement(
                "rfid" + features.suffix,
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
