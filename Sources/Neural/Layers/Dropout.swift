import Checks
import Torch

/// Sets elements to zero at random in training, and scales the rest so that the mean stays.
///
/// Its source belongs to whoever made it, who saves and restores the source's state.
///
/// Shape: … → ….
///
/// Source: Srivastava et al., "Dropout", JMLR 2014.
public final class Dropout: Module {
    /// The share of elements set to zero.
    public let rate: Double
    /// Where the layer draws what it sets to zero.
    public let source: RandomSource

    /// A layer that draws from the source in training.
    ///
    /// - Precondition: the rate is at least 0 and less than 1.
    public init(_ rate: Double, using source: RandomSource) {
        precondition(rate >= 0 && rate < 1, "expected a rate in 0 ..< 1, found \(rate)")
        self.rate = rate
        self.source = source
    }

    /// The elements that stay, scaled; in use, the input itself.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        guard isTraining, rate > 0 else { return input }
        let stays = Tensor.bernoulli(
            input.shape,
            probability: 1 - rate,
            device: input.device,
            using: source
        )
        return input * (stays.converted(to: input.dtype) * (1 / (1 - rate)))
    }
}
