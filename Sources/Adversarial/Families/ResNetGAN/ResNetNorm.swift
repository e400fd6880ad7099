import Checks
import Neural
import Torch

/// Batch normalisation whose scale and shift come from the label by a table, or from a vector by a dense layer each.
///
/// Source: for vectors Brock et al., "Large scale GAN training for high fidelity natural image synthesis", ICLR 2019.
final class ResNetNorm: Module {
    private let byLabel: ConditionalBatchNorm?
    private let norm: BatchNorm?
    private let scale: Dense?
    private let shift: Dense?

    /// A layer.
    ///
    /// - Parameters:
    ///   - channels: Channels.
    ///   - labels: Labels that have a row in the table; 0 for none.
    ///   - condition: Numbers of the vector; 0 for none.
    ///   - decay: Share of the old running statistics that is kept.
    ///   - form: Of the dense layers' weights.
    ///   - source: Where weights come from.
    init(
        _ channels: Int,
        labels: Int,
        condition: Int,
        decay: Double,
        form: WeightForm,
        using source: RandomSource
    ) {
        guard condition > 0 else {
            byLabel = ConditionalBatchNorm(
                channels,
                labels: labels,
                decay: decay,
                epsilon: 1e-5,
                using: source
            )
            (norm, scale, shift) = (nil, nil, nil)
            return
        }
        byLabel = nil
        norm = BatchNorm(channels, decay: decay, epsilon: 1e-5, hasScale: false, hasShift: false)
        func dense() -> Dense {
            Dense(inputs: condition, outputs: channels, bias: false, form: form, using: source)
        }
        (scale, shift) = (dense(), dense())
    }

    /// The normalised channels.
    func callAsFunction(_ input: Tensor, labels: Tensor?, condition: Tensor?) -> Tensor {
        if let byLabel { return byLabel(input, labels: labels) }
        guard let norm, let scale, let shift, let condition else {
            preconditionFailure("a conditioned layer needs a vector")
        }
        let even = norm(input)
        let shape = [input.size(0), input.size(1), 1, 1]
        return even * (scale(condition) + 1).reshaped(shape).converted(to: even.dtype)
            + shift(condition).reshaped(shape).converted(to: even.dtype)
    }
}
