import Checks
import Torch

/// Batch normalisation whose scale and shift are those of the picture's label.
///
/// Shape: N×channels×… and labels → N×channels×….
///
/// Source: Dumoulin, Shlens and Kudlur, "A learned representation for artistic style", ICLR 2017;
/// scales start at 1 and shifts at 0 for all labels.
public final class ConditionalBatchNorm: Module {
    private let norm: BatchNorm
    private let scales: Embedding?
    private let shifts: Embedding?

    /// A layer for so many labels; without labels a plain batch normalisation.
    public init(
        _ channels: Int,
        labels: Int,
        decay: Double?,
        epsilon: Double,
        using source: RandomSource
    ) {
        norm = BatchNorm(
            channels,
            decay: decay,
            epsilon: epsilon,
            hasScale: labels == 0,
            hasShift: labels == 0
        )
        func table(_ start: Initializer) -> Embedding? {
            labels == 0
                ? nil : Embedding(count: labels, width: channels, initializer: start, using: source)
        }
        scales = table(.ones)
        shifts = table(.zeros)
    }

    /// The normalised channels.
    public func callAsFunction(_ input: Tensor, labels: Tensor?) -> Tensor {
        let even = norm(input)
        guard let scales, let shifts else { return even }
        guard let labels else { preconditionFailure("a conditional layer needs labels") }
        let shape = [input.size(0), input.size(1)] + [Int](repeating: 1, count: input.rank - 2)
        return even * scales(labels).reshaped(shape).converted(to: even.dtype)
            + shifts(labels).reshaped(shape).converted(to: even.dtype)
    }
}
