import Adversarial
import Torch

/// Draws codes and their pictures with weights of the wanted type.
struct TokenSampler: Sampler {
    let generator: TokenGenerator
    let dtype: DType

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let codes = generator.codes(latents, labels: labels, dtype: dtype)
        return autocast(dtype == .float32 ? nil : dtype, on: latents.device.kind) {
            generator.pictures(codes)
        }.converted(to: .float32)
    }
}
