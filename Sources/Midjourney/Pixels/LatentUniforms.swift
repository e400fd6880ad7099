import Runs
import Settings
import Torch

extension LatentDistribution {
    /// Latent numbers as even numbers from 0 to 1.
    func uniforms(from latents: Tensor) -> Tensor {
        switch self {
        case .normal: (latents * (0.5).squareRoot()).errorFunction() * 0.5 + 0.5
        case .uniform: latents * 0.5 + 0.5
        }
    }
}
