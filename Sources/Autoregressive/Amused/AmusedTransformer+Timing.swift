import Foundation
import Torch

extension AmusedTransformer {
    /// Times steps as drawing makes them, with guidance: two texts for a picture.
    ///
    /// - Parameters:
    ///   - steps: How many.
    ///   - text: What reads texts.
    /// - Returns: The times; one step before them is not counted.
    public func timing(steps: Int, _ text: CLIPText) -> StepTiming {
        withoutGradients {
            let start = Date()
            let pieces = [Int](repeating: 0, count: text.settings.places)
            let guided = guided(
                [text(pieces), text(pieces)],
                weights: [10, -9],
                sides: (256, 256)
            )
            let seconds = Date().timeIntervalSince(start)
            let shapes = settings.shapes.filter { $0.key != "embed.embeddings.weight" }
            let numbers = shapes.values.reduce(0) { $0 + $1.reduce(1, *) }
            var sampling = MaskedSampling()
            sampling.steps = 1
            let chances = Tensor.full([self.chances(steps: 1)], 0.5, device: device)
            return StepTiming(steps, bytes: numbers * dtype.byteCount, text: seconds) { _ in
                _ = drawn(guided, sampling, by: chances).likelihood.item()
            }
        }
    }
}
