import Checks
import Torch

/// Leaky ReLU followed by dropout, fused into one pass.
///
/// In use rather than training it is the leaky ReLU alone.
public final class LeakyDropout: Module {
    /// What elements below zero are multiplied with.
    public let slope: Double
    /// The share of elements that is set to zero in training.
    public let rate: Double
    private let source: RandomSource

    /// A layer that draws its masks from the source.
    ///
    /// - Precondition: `slope > 0`, `0 ≤ rate < 1`.
    public init(slope: Double, rate: Double, using source: RandomSource) {
        precondition(slope > 0, "expected a slope above 0, found \(slope)")
        precondition(rate >= 0 && rate < 1, "expected a rate in 0 ..< 1, found \(rate)")
        self.slope = slope
        self.rate = rate
        self.source = source
    }

    /// Applies the layer.
    ///
    /// Shape: any → the same.
    public func callAsFunction(_ x: Tensor) -> Tensor {
        isTraining && rate > 0
            ? x.leakyDropout(slope: slope, rate: rate, using: source) : x.leakyRelu(slope: slope)
    }
}
