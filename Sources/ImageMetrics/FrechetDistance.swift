import Torch

/// The distance of two clouds of features, each taken for a normal distribution.
///
/// Source: Fréchet, 1957; Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a
/// Local Nash Equilibrium", 2017. Shape: N×d with M×d → a number.
public func frechetDistance(_ first: Tensor, _ second: Tensor) -> Double {
    FeatureMoments(first).distance(to: FeatureMoments(second))
}

/// Mean and unbiased covariance of features, in double precision: all that Fréchet distances need.
public struct FeatureMoments {
    private let mean: Tensor
    private let covariance: Tensor
    /// The trace of the covariance.
    private let variance: Double

    /// The moments of a cloud.
    ///
    /// - Parameter features: N×d, two rows at least.
    public init(_ features: Tensor) {
        let rows = features.converted(to: .float64)
        mean = rows.mean(over: [0])
        let centered = rows - mean
        covariance =
            centered.transposed(0, 1).multiplied(by: centered) / Double(rows.size(0) - 1)
        variance = centered.squared().sum().item() / Double(rows.size(0) - 1)
    }

    /// |m₁ − m₂|² + tr(C₁ + C₂ − 2·(C₁·C₂)^½).
    public func distance(to other: FeatureMoments) -> Double {
        // The eigenvalues of C₁·C₂ are those of the symmetric C₁^½·C₂·C₁^½.
        let (values, vectors) = covariance.symmetricEigen()
        let root = (vectors * values.clamped(from: 0).squareRoot())
            .multiplied(by: vectors.transposed(0, 1))
        let product = root.multiplied(by: other.covariance).multiplied(by: root)
        let mixed = product.symmetricEigen().values.clamped(from: 0).squareRoot().sum().item()
        return (mean - other.mean).squared().sum().item() + variance + other.variance - 2 * mixed
    }
}
