import Settings
import Torch

/// Draws the latent numbers that a generator starts from.
public final class LatentSource {
    let source: RandomSource
    private let size: Int
    let distribution: LatentDistribution

    /// A source of latents of that size.
    public init(size: Int, distribution: LatentDistribution, using source: RandomSource) {
        self.size = size
        self.distribution = distribution
        self.source = source
    }

    /// Latents for so many pictures.
    ///
    /// Shape: count×size.
    public func latents(_ count: Int, device: Device) -> Tensor {
        switch distribution {
        case .normal: .normal([count, size], device: device, using: source)
        case .uniform: .uniform([count, size], from: -1, to: 1, device: device, using: source)
        }
    }
}
