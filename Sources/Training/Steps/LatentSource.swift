import Torch

/// Draws the latent numbers that a generator starts from.
public final class LatentSource {
    /// What latent numbers are drawn from.
    public enum Distribution: String, Sendable, Codable, CaseIterable {
        /// Mean 0, variance 1.
        case normal
        /// Even between −1 and 1.
        case uniform
    }

    let source: RandomSource
    private let size: Int
    let distribution: Distribution

    /// A source of latents of that size.
    public init(size: Int, distribution: Distribution, using source: RandomSource) {
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
