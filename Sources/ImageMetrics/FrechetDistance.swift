import Torch

/// The distance of two clouds of features, each taken for a normal distribution.
///
/// Source: Fréchet, 1957; Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a
/// Local Nash Equilibrium", 2017. Shape: N×d with M×d → a number.
public func frechetDistance(_ first: Tensor, _ second: Tensor) -> Double {
    FeatureMoments(first).distance(to: FeatureMoments(second))
}

/// Two clouds in as few numbers as they need, all distances as they were: fewer rows than features span less
/// than all directions.
///
/// Shape: N×d with M×d → N×k with M×k, k at most N + M.
public func inOwnSpan(_ first: Tensor, _ second: Tensor) -> (Tensor, Tensor) {
    let count = first.size(0) + second.size(0)
    guard count < first.size(1) else { return (first, second) }
    let rows = Tensor.concatenated([first, second]).converted(to: .float64)
    let centered = rows - rows.mean(over: [0])
    guard centered.squared().sum().item().isFinite else { return (first, second) }
    let (values, vectors) = centered.multiplied(by: centered.transposed(0, 1)).symmetricEigen()
    let found = (vectors * values.clamped(from: 0).squareRoot()).converted(to: first.dtype)
    return (
        found.sliced(0..<first.size(0), along: 0), found.sliced(first.size(0)..<count, along: 0)
    )
}

/// Mean and unbiased covariance of features, in double precision: all that Fréchet distances need.
public final class FeatureMoments {
    private let mean: Tensor
    private let covariance: Tensor
    /// The trace of the covariance.
    private let variance: Double
    /// C^½, which distances to several others share.
    private lazy var root: Tensor = {
        let (values, vectors) = covariance.symmetricEigen()
        return (vectors * values.clamped(from: 0).squareRoot())
            .multiplied(by: vectors.transposed(0, 1))
    }()

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

    /// The moments of a sample from a cloud, for how much figures change from sample to sample: products
    /// are computed in the features' own precision.
    ///
    /// - Parameters:
    ///   - features: N×d, about zero on average.
    ///   - counts: How often each row is in the sample.
    public init(_ features: Tensor, counts: [Double]) {
        let total = counts.reduce(0, +)
        let weights = Tensor(counts).converted(to: features.dtype).unsqueezed(1)
        let weighted = features * weights
        mean = weighted.sum(over: [0]).converted(to: .float64) / total
        let squares = weighted.transposed(0, 1).multiplied(by: features).converted(to: .float64)
        let column = mean.unsqueezed(1)
        covariance =
            (squares - column.multiplied(by: column.transposed(0, 1)) * total) / (total - 1)
        variance =
            ((weighted * features).sum().item() - mean.squared().sum().item() * total)
            / (total - 1)
    }

    /// |m₁ − m₂|² + tr(C₁ + C₂ − 2·(C₁·C₂)^½); no number where a feature is none, or a row alone.
    public func distance(to other: FeatureMoments) -> Double {
        // No eigenvalues are found in what is not finite.
        guard variance.isFinite, other.variance.isFinite else { return .nan }
        // The eigenvalues of C₁·C₂ are those of the symmetric C₁^½·C₂·C₁^½.
        let product = root.multiplied(by: other.covariance).multiplied(by: root)
        let mixed = product.symmetricEigenvalues().clamped(from: 0).squareRoot().sum().item()
        return (mean - other.mean).squared().sum().item() + variance + other.variance - 2 * mixed
    }
}
