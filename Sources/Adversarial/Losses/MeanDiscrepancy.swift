import Torch

/// The squared maximum mean discrepancy between two sets of codes, by a mix of rational quadratic
/// kernels and a dot product.
///
/// Shape: N×codes and M×codes → one number.
///
/// Source: Bińkowski et al., "Demystifying MMD GANs", ICLR 2018, sections 2 and 4: kernels
/// Σ (1 + ‖a − b‖² / 2α)^(−α) with α of 0.2, 0.5, 1, 2, 5 in the paper; 0.1, 1, 10 with a dot
/// product as its authors train with.
public struct MeanDiscrepancy: Sendable {
    /// Exponents of the kernels.
    public var exponents = [0.1, 1, 10]
    /// The dot product's share.
    public var dot = 1.0

    /// The usual mix.
    public init() {}

    /// The unbiased estimate, which may be below zero.
    ///
    /// A set of one code has nothing in common with itself.
    public func unbiased(_ first: Tensor, _ second: Tensor) -> Tensor {
        func within(_ codes: Tensor) -> Tensor {
            let kernel = kernel(codes, codes)
            let size = Double(codes.size(0))
            // What a code has in common with itself does not count.
            let own =
                kernel
                * Tensor.identity(
                    codes.size(0),
                    dtype: kernel.dtype,
                    device: kernel.device
                )
            return (kernel.sum() - own.sum()) / max(size * (size - 1), 1)
        }
        return within(first) + within(second) - kernel(first, second).mean() * 2
    }

    /// How much more each code has in common with real codes than with drawn ones.
    ///
    /// Shape: N×codes → N.
    public func witness(_ codes: Tensor, real: Tensor, fake: Tensor) -> Tensor {
        kernel(codes, real).mean(over: [1]) - kernel(codes, fake).mean(over: [1])
    }

    /// What each code of one set has in common with each of another.
    ///
    /// Shape: N×codes and M×codes → N×M.
    public func kernel(_ first: Tensor, _ second: Tensor) -> Tensor {
        let products = first.multiplied(by: second.transposed())
        let lengths =
            first.squared().sum(over: [1], keepingDimensions: true)
            + second.squared().sum(over: [1]).unsqueezed(0)
        let distances = (lengths - products * 2).relu()
        return exponents.reduce(products * dot) { sum, exponent in
            sum + (distances * (0.5 / exponent) + 1).power(-exponent)
        }
    }
}
