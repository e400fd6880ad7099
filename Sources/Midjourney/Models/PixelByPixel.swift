import Adversarial
import Torch

/// A generator that draws one pixel after the other, after a draft or alone.
public protocol PixelByPixel: Generator {
    /// The first latent numbers, which the draft is drawn from; 0 where there is none.
    var draftSize: Int { get }

    /// Draws pictures, −1 … 1.
    ///
    /// - Parameters:
    ///   - latents: N×latent.
    ///   - labels: What is asked for.
    ///   - temperature: How freely pixels are drawn: 1 as learned, 0 the likeliest level.
    /// - Returns: N×C×H×W.
    func drawn(_ latents: Tensor, labels: Tensor?, temperature: Double) -> Tensor
}

extension PixelByPixel {
    /// Draws pictures as they were learned.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        drawn(latents, labels: labels, temperature: 1)
    }
}
