import Torch

/// How real each drawing looks: above 1 where it lies inside the ball of a real picture, the more the deeper.
///
/// Balls of outliers do not count: those larger than the median.
///
/// Source: Kynkäänniemi et al., "Improved precision and recall metric", NeurIPS 2019, section 5.
public struct Realism: Sendable, Equatable {
    /// The score of each drawing.
    public let scores: [Double]

    /// Scores of drawings beside real pictures.
    ///
    /// - Parameters:
    ///   - drawn: Features of drawings, N×d.
    ///   - real: Features of real pictures, M×d, more than k.
    ///   - k: Neighbours that a ball reaches to.
    public init(_ drawn: Tensor, beside real: Tensor, k: Int = 3) {
        let radii = Neighbours.radii(real, k)
        let middle = radii.sorted(along: 0).values.selected(real.size(0) / 2).item()
        let counted = radii.filled(with: 0, where: radii.isGreater(than: middle)).unsqueezed(0)
        var found: [Double] = []
        Neighbours.pieces(drawn, to: real) { _, squares in
            found += (counted / (squares + 1e-12)).max(over: [1]).squareRoot().doubles()
        }
        scores = found
    }
}
