import Neural
import Torch

/// What draws pictures from latent numbers, without learning.
public protocol Sampler {
    /// Draws pictures, −1 … 1, in float32.
    ///
    /// Shape: N×latent, and N when there are classes → N×C×H×W.
    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor
}
