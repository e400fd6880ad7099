import Neural
import Torch

/// A DCGAN's generator for drawing alone: normalisations are part of the weights, and kernels are
/// transformed once.
struct DCGANSampler: Sampler {
    private let generator: DCGANGenerator
    private let weight: Tensor
    private let bias: Tensor
    private let convolutions: [(Tensor) -> Tensor]
    private let dtype: DType

    /// The layers of a generator, folded.
    init(
        _ generator: DCGANGenerator,
        dense: Dense,
        norms: [BatchNorm],
        convolutions: [TransposeConvolution2D],
        dtype: DType
    ) {
        self.generator = generator
        self.dtype = dtype
        let settings = generator.settings.generator
        let (scale, shift) = norms[0].folded
        weight = (dense.weight * scale.reshaped([-1, 1])).converted(to: dtype)
        bias = shift.converted(to: dtype)
        var rows = generator.spec.height / settings.enlargement
        var columns = generator.spec.width / settings.enlargement
        var layers: [(Tensor) -> Tensor] = []
        for (index, convolution) in convolutions.enumerated() {
            let isLast = index == convolutions.count - 1
            layers.append(
                convolution.kept(
                    rows: rows,
                    columns: columns,
                    norm: isLast ? nil : norms[index + 1],
                    slope: isLast ? 1 : settings.slope,
                    dtype: dtype
                )
            )
            if index > 0 || !settings.keepsFirst { (rows, columns) = (2 * rows, 2 * columns) }
        }
        self.convolutions = layers
    }

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let inputs = generator.conditioned(latents, labels).converted(to: dtype)
        let first = inputs.linear(weight: weight, bias: bias)
            .leakyRelu(slope: generator.settings.generator.slope)
        return convolutions.reduce(generator.firstMap(first)) { $1($0) }
            .converted(to: .float32).tanh()
    }
}
