import Torch

/// Directions among the styles or latents of a model, along which its pictures change.
public struct LatentDirections: Codable, Sendable, Equatable {
    /// How directions are found.
    public enum Method: String, Codable, Sendable, CaseIterable {
        /// From the weights that styles go through: no drawing, no training.
        ///
        /// Source: Shen and Zhou, "Closed-form factorization of latent semantics in GANs", CVPR 2021.
        case sefa
        /// From where the styles of many drawings lie.
        ///
        /// Source: Härkönen et al., "GANSpace: discovering interpretable GAN controls", NeurIPS 2020.
        case ganspace
    }

    /// How they were found.
    public var method: Method
    /// The directions, of length 1, those that matter most first.
    public var vectors: [[Double]]
    /// How much each matters: the root of its eigenvalue; with GANSpace the deviation along it.
    public var strengths: [Double]

    /// The main directions of rows, those of the largest sums of squares first.
    ///
    /// Signs are free; the entry that is largest by size becomes positive.
    ///
    /// - Parameters:
    ///   - rows: N×d.
    ///   - count: How many, d at most.
    /// - Returns: Directions, count×d, and the sums of squares along them.
    static func principal(_ rows: Tensor, count: Int) -> (vectors: [[Double]], squares: [Double]) {
        let rows = rows.converted(to: .float64)
        let (values, vectors) = rows.transposed(0, 1).multiplied(by: rows).symmetricEigen()
        let width = rows.size(1)
        let columns = vectors.transposed(0, 1).doubles()
        let order = (0..<min(count, width)).map { width - 1 - $0 }
        return (
            order.map { place in
                let vector = Array(columns[place * width..<(place + 1) * width])
                let largest = vector.max { abs($0) < abs($1) } ?? 1
                return largest < 0 ? vector.map { -$0 } : vector
            },
            order.map { max(values.doubles()[$0], 0) }
        )
    }

    /// Directions from the weights of layers, numbers×width each.
    public static func sefa(_ weights: [Tensor], count: Int) -> LatentDirections {
        let rows = Tensor.concatenated(weights.map { $0.converted(to: .float64) })
        // Rows of length 1, so that no layer counts more because its weights are large.
        let lengths = rows.squared().sum(over: [1], keepingDimensions: true).squareRoot()
        let found = principal(rows / (lengths + 1e-12), count: count)
        return LatentDirections(
            method: .sefa,
            vectors: found.vectors,
            strengths: found.squares.map { $0.squareRoot() }
        )
    }

    /// Directions from many styles, N×width.
    public static func ganspace(_ styles: Tensor, count: Int) -> LatentDirections {
        let centred = styles.converted(to: .float64)
        let found = principal(
            centred - centred.mean(over: [0], keepingDimensions: true),
            count: count
        )
        return LatentDirections(
            method: .ganspace,
            vectors: found.vectors,
            strengths: found.squares.map { ($0 / Double(max(styles.size(0) - 1, 1))).squareRoot() }
        )
    }
}
