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
    public func marks(of numbers: Tensor, classes: [Int]) -> [String: Double] {
        inInferenceMode {
            let real = LabelledPictures((numbers.moved(to: device), labels(classes)))
            return Dictionary(network.marks(real)) { first, _ in first }
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
    /// - Throws: `GenerationError.noProjection` for models that draw piece by piece.
    public func pathSteps(
        _ range: Range<Int>,
        step: Double,
        seed: UInt64
    ) throws -> (Tensor, Tensor) {
        guard !(network is any PieceByPiece), !isRepairing else {
            throw GenerationError.noProjection(model: description.recipe)
        }
        let request = DrawingRequest(seed: seed, indices: [])
        let source = RandomSource(seed: seed, stream: UInt64(range.lowerBound) &+ 1 << 40)
        return inInferenceMode {
            func ends(_ offset: Int) -> Tensor {
                Tensor.concatenated(
                    range.map { latents(request, 2 * $0 + offset, count: 1) }
                ).moved(to: device)
            }
            let labels = labels(range.map { $0 % max(network.labelCount, 1) })
            let place = Tensor.uniform([range.count, 1], to: 1 - step, using: source)
                .moved(to: device)
            let (first, second) = (ends(0), ends(1))
            if let styled = network as? any StyleGenerator {
                let (a, b) = (
                    styled.mapped(first, labels: labels), styled.mapped(second, labels: labels)
                )
                func drawn(_ place: Tensor) -> Tensor {
                    styled.synthesized(styled.truncated(a + (b - a) * place, by: 1))
                }
                return (drawn(place).moved(to: .cpu), drawn(place + step).moved(to: .cpu))
            }
            func drawn(_ place: Tensor) -> Tensor {
                network(GeneratorModel.arc(first, second, place), labels: labels).moved(to: .cpu)
            }
            return (drawn(place), drawn(place + step))
        }
    }

    /// Between two latents along a great circle, their lengths changing evenly.
    private static func arc(_ first: Tensor, _ second: Tensor, _ place: Tensor) -> Tensor {
        func length(_ x: Tensor) -> Tensor {
            x.squared().sum(over: [1], keepingDimensions: true).squareRoot() + 1e-12
        }
        let (a, b) = (first / length(first), second / length(second))
        let cosine = (a * b).sum(over: [1], keepingDimensions: true).clamped(from: -1, to: 1)
        // What of the second stands at right angles to the first.
        let across = b - a * cosine
        let sine = length(across)
        let angle = arctangent(sine, cosine) * place
        let way = a * angle.cosine() + across / sine * angle.sine()
        return way * (length(first) * (1 - place) + length(second) * place)
    }

    /// The angle of a point by its height and its distance to the right, from 0 to π.
    private static func arctangent(_ up: Tensor, _ across: Tensor) -> Tensor {
        Tensor(
            zip(up.doubles(), across.doubles()).map { Float(atan2($0, $1)) },
            shape: up.shape
        ).moved(to: up.device)
    }
}
