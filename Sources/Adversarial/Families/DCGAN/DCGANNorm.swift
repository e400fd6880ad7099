import Neural
import Torch

/// The normalisation of one of a DCGAN discriminator's maps, of whatever kind the settings say.
final class DCGANNorm: Module {
    private let batch: BatchNorm?
    private let group: GroupNorm?

    init(_ kind: DCGAN.Norm, channels: Int) {
        switch kind {
        case .none, .spectral: (batch, group) = (nil, nil)
        case .batch: (batch, group) = (BatchNorm(channels, decay: 0.9, epsilon: 1e-5), nil)
        // All of a picture's numbers together.
        case .layer: (batch, group) = (nil, GroupNorm(channels, groups: 1))
        // Each channel by itself.
        case .instance: (batch, group) = (nil, GroupNorm(channels, groups: channels))
        }
    }

    /// The normalised map through an activation; batch normalisation and a plain leaky ReLU in one
    /// pass.
    func callAsFunction(_ input: Tensor, _ activation: LeakyDropout) -> Tensor {
        if let batch {
            return activation.rate == 0
                ? batch.leaky(input, slope: activation.slope) : activation(batch(input))
        }
        return activation(group?(input) ?? input)
    }
}
