import Torch

/// Weights divided by an estimate of their largest singular value.
///
/// One step of the power iteration a use in training, none in use. Both vectors count as constants,
/// so that derivatives pass through the weights in the singular value, too.
///
/// Shape: outputs×… → the same.
///
/// Source: Miyato et al., "Spectral normalization for generative adversarial networks", ICLR 2018,
/// algorithm 1.
public final class SpectralNorm: Module {
    /// The estimate of the left singular vector.
    @Buffer public var left: Tensor

    /// A norm of weights with so many outputs.
    public init(outputs: Int, using source: RandomSource) {
        left = Tensor.normal([outputs], using: source).normalized(along: 0)
    }

    /// The weights over their norm.
    public func callAsFunction(_ weight: Tensor) -> Tensor { weight / norm(of: weight) }

    /// The estimate of the largest singular value.
    ///
    /// Shape: outputs×… → one number.
    public func norm(of weight: Tensor) -> Tensor {
        // A short type would be kept in the estimate, and is too coarse for it.
        weight.inFullPrecision { precise(norm: $0.reshaped([weight.size(0), -1])) }
    }

    private func precise(norm matrix: Tensor) -> Tensor {
        let right = withoutGradients { () -> Tensor in
            let right = left.unsqueezed(0).multiplied(by: matrix).squeezed(0).normalized(along: 0)
            if isTraining {
                left = matrix.multiplied(by: right.unsqueezed(1)).squeezed(1).normalized(along: 0)
            }
            return right
        }
        return (left * matrix.multiplied(by: right.unsqueezed(1)).squeezed(1)).sum()
    }
}
