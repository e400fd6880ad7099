import Foundation
import Torch

/// The latent numbers that a model draws pictures from.
struct LatentNumbers {
    /// How many make one picture.
    let size: Int
    /// Whether they are even ones from −1 to 1, in place of normal ones.
    let isUniform: Bool

    /// Numbers of a picture's candidates; the first is the same however many there are.
    ///
    /// Shape: count×size.
    func callAsFunction(_ request: DrawingRequest, _ index: Int, count: Int) -> Tensor {
        func numbers(_ stream: UInt64) -> Tensor {
            let source = RandomSource(seed: request.seed, stream: stream)
            return Tensor.concatenated(
                (0..<count).map { _ in
                    isUniform
                        ? .uniform([1, size], from: -1, to: 1, using: source)
                        : .normal([1, size], using: source)
                }
            )
        }
        let own = numbers(request.sampling.sharesNoise ? 0 : UInt64(index))
        guard let share = request.sampling.noiseSpread else { return own }
        // Numbers that no picture has for itself.
        let common = numbers(.max)
        return common * (1 - share * share).squareRoot() + own * share
    }

    /// Numbers between two: on the sphere that normal ones lie near to, straight between even ones.
    func between(_ first: Tensor, _ second: Tensor, _ share: Double) -> Tensor {
        isUniform
            ? first * (1 - share) + second * share
            : first * cos(share * .pi / 2) + second * sin(share * .pi / 2)
    }

    /// Numbers that were mixed, where they may lie.
    func bounded(_ mixed: Tensor) -> Tensor { isUniform ? mixed.clamped(from: -1, to: 1) : mixed }
}
