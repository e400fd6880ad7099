import Neural
import Torch

/// A DCGAN's generator for drawing alone: normalisations are part of the weights, and kernels are
/// transformed once.
struct DCGANSampler: Sampler {
    private let configuration: DCGANConfiguration
    private let weight: Tensor
    private let bias: Tensor
    private let convolutions: [(Tensor) -> Tensor]
    private let dtype: DType

    /// The layers of a generator, folded.
    init(
        _ configuration: DCGANConfiguration,
        dense: Dense,
        norms: [BatchNorm],
        convolutions: [TransposeConvolution2D],
        dtype: DType
    ) {
        self.configuration = configuration
        self.dtype = dtype
        let (scale, shift) = norms[0].folded
        weight = (dense.weight * scale.reshaped([-1, 1])).converted(to: dtype)
        bias = shift.converted(to: dtype)
        var rows = configuration.height / configuration.enlargement
        var columns = configuration.width / configuration.enlargement
        var layers: [(Tensor) -> Tensor] = []
        for (index, convolution) in convolutions.enumerated() {
            let isLast = index == convolutions.count - 1
            layers.append(
                convolution.kept(
                    rows: rows,
                    columns: columns,
                    norm: isLast ? nil : norms[index + 1],
                    slope: isLast ? 1 : configuration.generatorSlope,
                    dtype: dtype
                )
            )
            if index > 0 { (rows, columns) = (2 * rows, 2 * columns) }
        }
        self.convolutions = layers
    }

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let scale = configuration.enlargement
        let inputs = configuration.conditioned(latents, labels).converted(to: dtype)
        let first = inputs.linear(weight: weight, bias: bias)
            .leakyRelu(slope: configuration.generatorSlope)
            .reshaped([
                latents.size(0), configuration.height / scale, configuration.width / scale,
                configuration.generatorWidths[0],
            ]).permuted([0, 3, 1, 2])
        return convolutions.reduce(first) { $1($0) }.converted(to: .float32).tanh()
    }
}
