import Checks
import Foundation
import Torch

/// The distance of two clouds of features by a kernel of the third degree: KID.
///
/// The unbiased estimate of the squared maximum mean discrepancy under (aᵀb/d + 1)³, on random
/// subsets; it may be below zero.
///
/// Source: Bińkowski et al., "Demystifying MMD GANs", ICLR 2018, section 4.
public struct KernelDistance: Sendable, Equatable {
    /// The mean over the subsets.
    public let mean: Double
    /// The deviation from subset to subset.
    public let deviation: Double

    /// The distance on so many subsets of so many rows each, or of all rows where there are fewer.
    ///
    /// Shape: N×d with M×d.
    public init(
        _ first: Tensor,
        _ second: Tensor,
        subsets: Int = 100,
        size: Int = 1000,
        using source: RandomSource
    ) {
        let size = min(size, first.size(0), second.size(0))
        precondition(size > 1 && subsets > 0, "KID needs two rows and a subset at least")
        let values = (0..<subsets).map { _ in
            KernelDistance.squared(
                KernelDistance.rows(of: first, size, using: source),
                KernelDistance.rows(of: second, size, using: source)
            )
        }
        mean = values.reduce(0, +) / Double(subsets)
        deviation = ImageMetrics.deviation(values)
    }

    private static func rows(of tensor: Tensor, _ size: Int, using source: RandomSource) -> Tensor {
        let keys = Tensor.uniform([tensor.size(0)], dtype: .float64, using: source)
        let chosen = keys.sorted(along: 0).places.sliced(0..<size, along: 0)
        let rows = tensor.selected(at: chosen)
        return rows.dtype == .float64 ? rows : rows.converted(to: .float32)
    }

    /// The unbiased estimate on all rows of both, of which there are equally many.
    static func squared(_ x: Tensor, _ y: Tensor) -> Double {
        let count = Double(x.size(0))
        func kernel(_ a: Tensor, _ b: Tensor) -> Tensor {
            // Products in the features' precision; sums of so many of them in double.
            (a.multiplied(by: b.transposed(0, 1)) / Double(a.size(1)) + 1).power(3)
                .converted(to: .float64)
        }
        func own(_ a: Tensor) -> Double {
            let diagonal = (a.squared().sum(over: [1]) / Double(a.size(1)) + 1).power(3)
                .converted(to: .float64)
            return (kernel(a, a).sum() - diagonal.sum()).item() / (count * (count - 1))
        }
        return own(x) + own(y) - 2 * kernel(x, y).sum().item() / (count * count)
    }
}
