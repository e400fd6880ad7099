import Adversarial
import Foundation
import Midjourney
import Torch

extension GeneratorModel {
    /// What the model says of real pictures by itself: bits per dimension of models of pixels, nats per
    /// code of models of codes, and more.
    ///
    /// - Parameters:
    ///   - numbers: N×C×H×W, −1 … 1, of the model's size.
    ///   - classes: Their classes; not looked at by models without.
    /// - Returns: Figures by the names that runs give them.
    public func validationMetrics(of numbers: Tensor, classes: [Int]) -> [String: Double] {
        inInferenceMode {
            let real = LabelledPictures((numbers.moved(to: device), conditions.labels(classes)))
            return Dictionary(network.validationMetrics(real)) { first, _ in first }
        }
    }

    /// Pairs of drawings that lie a small step apart, on ways between two drawings: the way is straight
    /// between styles, and along a great circle between normal latents.
    ///
    /// Source: Karras, Laine and Aila, "A style-based generator architecture", CVPR 2019, section 4.1.
    ///
    /// - Parameters:
    ///   - range: Places of the seed's row.
    ///   - step: How far apart, as a share of the way.
    ///   - seed: Of the drawings and of the place on each way.
    /// - Returns: N×C×H×W each.
    /// - Throws: `GenerationError.lacks` for models that draw piece by piece.
    public func pathSteps(
        _ range: Range<Int>,
        step: Double,
        seed: UInt64
    ) throws -> (Tensor, Tensor) {
        let space = try space(for: .projection)
        let request = DrawingRequest(seed: seed, indices: [])
        let source = RandomSource(seed: seed, stream: UInt64(range.lowerBound) &+ 1 << 40)
        return inInferenceMode {
            func ends(_ offset: Int) -> Tensor {
                Tensor.concatenated(
                    range.map { latents(request, 2 * $0 + offset, count: 1) }
                ).moved(to: device)
            }
            let labels = conditions.labels(
                range.map { $0 % max(conditions.labelCount, 1) }
            )
            let place = Tensor.uniform([range.count, 1], to: 1 - step, using: source)
                .moved(to: device)
            let drawn = space.way(from: ends(0), to: ends(1), labels)
            return (drawn(place).moved(to: .cpu), drawn(place + step).moved(to: .cpu))
        }
    }
}
