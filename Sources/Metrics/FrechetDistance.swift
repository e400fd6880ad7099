import Torch

/// The distance of two clouds of features, each taken for a normal distribution.
///
/// |m₁ − m₂|² + tr(C₁ + C₂ − 2·(C₁·C₂)^½), in double precision.
///
/// Source: Fréchet, 1957; Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a
/// Local Nash Equilibrium", 2017. Shape: N×d with M×d → a number.
public func frechetDistance(_ first: Tensor, _ second: Tensor) -> Double {
    let (a, b) = (Moments(first), Moments(second))
    // The eigenvalues of C₁·C₂ are those of the symmetric C₁^½·C₂·C₁^½.
    let (values, vectors) = a.covariance.symmetricEigen()
    let root = (vectors * values.clamped(from: 0).squareRoot())
        .multiplied(by: vectors.transposed(0, 1))
    let product = root.multiplied(by: b.covariance).multiplied(by: root)
    let mixed = product.symmetricEigen().values.clamped(from: 0).squareRoot().sum().item()
    return (a.mean - b.mean).squared().sum().item() + a.variance + b.variance - 2 * mixed
}

/// Mean and unbiased covariance of rows.
private struct Moments {
    let mean: Tensor
    let covariance: Tensor
    /// The trace of the covariance.
    let variance: Double

    init(_ rows: Tensor) {
        let rows = rows.converted(to: .float64)
        mean = rows.mean(over: [0])
        let centered = rows - mean
        covariance =
            centered.transposed(0, 1).multiplied(by: centered) / Double(rows.size(0) - 1)
        variance = centered.squared().sum().item() / Double(rows.size(0) - 1)
    }
}
