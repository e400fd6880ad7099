import Neural
import Torch

/// Draws with the network as it is.
public struct AutocastSampler: Sampler {
    private let generator: any Generator
    private let dtype: DType?

    /// Draws with that network, its heavy operations in the shorter type, if any.
    public init(generator: any Generator, dtype: DType?) {
        self.generator = generator
        self.dtype = dtype
    }

    /// Draws pictures.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        autocast(dtype, on: latents.device.kind) { generator(latents, labels: labels) }
            .converted(to: .float32)
    }
}
