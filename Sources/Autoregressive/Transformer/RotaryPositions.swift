import Checks
import Foundation
import Torch

/// Turns queries and keys by their place in the picture: one half of the pairs of numbers by the
/// row, the other by the column, so that products depend on distances alone.
///
/// Places of the prefix, which lie in no picture, are not turned; or silenced, as LlamaGen does.
///
/// Source: Su et al., "RoFormer", 2021; in two dimensions as in Sun et al., "Autoregressive model
/// beats diffusion", 2024.
final class RotaryPositions {
    /// Cosines, places×1×pairs.
    let cosines: Tensor
    /// Sines likewise.
    let sines: Tensor
    private let both: Tensor
    private let crossed: Tensor

    /// Turns for a prefix and a grid of places, for heads of that size.
    ///
    /// - Parameters:
    ///   - prefix: Places before the picture's.
    ///   - rows: Rows of the picture's places.
    ///   - columns: Columns of the picture's places.
    ///   - head: Numbers of a head.
    ///   - silent: Whether vectors of the prefix become zero, so that every place looks at each of
    ///     them with the score zero; otherwise they stay as they are.
    ///   - base: How much slower the last pair turns than the first.
    /// - Precondition: four divides the size of a head.
    init(
        prefix: Int,
        rows: Int,
        columns: Int,
        head: Int,
        silent: Bool = false,
        base: Double = 10_000
    ) {
        precondition(
            head.isMultiple(of: 4),
            "heads of \(head) numbers have no pairs for both sides"
        )
        let quarter = head / 4
        let rates = (0..<quarter).map { pow(base, -Double($0) / Double(quarter)) }
        var angles = [Double](repeating: 0, count: prefix * head / 2)
        for row in 0..<rows {
            for column in 0..<columns {
                angles += rates.map { Double(row) * $0 } + rates.map { Double(column) * $0 }
            }
        }
        let shape = [prefix + rows * columns, 1, head / 2]
        let start = [Float](repeating: silent ? 0 : 1, count: prefix * head / 2)
        let rest = angles.dropFirst(start.count).map { Float(cos($0)) }
        cosines = Tensor(start + rest, shape: shape)
        sines = Tensor(angles.map { Float(sin($0)) }, shape: shape)
        (both, crossed) = RotaryPositions.factors(cosines, sines)
    }

    /// What both numbers of a pair are multiplied with, and what each other's with: cosines twice, and sines, of which
    /// the first is negative.
    private static func factors(_ cosines: Tensor, _ sines: Tensor) -> (Tensor, Tensor) {
        let shape = [cosines.size(0), 1, 2 * cosines.size(2)]
        return (
            Tensor.stacked([cosines, cosines], along: 3).reshaped(shape),
            Tensor.stacked([-sines, sines], along: 3).reshaped(shape)
        )
    }

    /// Turns for places in one line, as texts have them.
    ///
    /// - Parameters:
    ///   - places: How many there are.
    ///   - head: Numbers of a head.
    ///   - base: How much slower the last pair turns than the first.
    init(line places: Int, head: Int, base: Double) {
        let half = head / 2
        let angles = (0..<places).flatMap { place in
            (0..<half).map { Double(place) * pow(base, -Double($0) / Double(half)) }
        }
        let shape = [places, 1, half]
        cosines = Tensor(angles.map { Float(cos($0)) }, shape: shape)
        sines = Tensor(angles.map { Float(sin($0)) }, shape: shape)
        (both, crossed) = RotaryPositions.factors(cosines, sines)
    }

    /// The same turns, the picture's places being in another order.
    ///
    /// - Parameters:
    ///   - order: Each place of the picture once.
    ///   - prefix: Places before the picture's, which stay where they are.
    /// - Returns: The turns.
    func reordered(_ order: [Int], behind prefix: Int) -> RotaryPositions {
        let places = Tensor(Array(0..<prefix) + order.map { $0 + prefix }).moved(to: cosines.device)
        return RotaryPositions(
            cosines: cosines.selected(at: places, along: 0),
            sines: sines.selected(at: places, along: 0)
        )
    }

    private init(cosines: Tensor, sines: Tensor) {
        (self.cosines, self.sines) = (cosines, sines)
        (both, crossed) = RotaryPositions.factors(cosines, sines)
    }

    /// Vectors of these places, turned: pairs lie beside each other.
    ///
    /// Shape: N×places×heads×head → the same.
    func callAsFunction(_ vectors: Tensor, at places: Range<Int>) -> Tensor {
        let (count, length, heads, size) = vectors.shape4
        let other = vectors.reshaped([count, length, heads, size / 2, 2]).flipped([4])
            .reshaped(vectors.shape)
        func turned(_ factors: Tensor) -> Tensor {
            factors.sliced(places, along: 0).moved(to: vectors.device).converted(to: vectors.dtype)
        }
        return vectors * turned(both) + other * turned(crossed)
    }
}
