import Checks
import Neural
import Runs
import Torch

/// The generator of a DCGAN: a dense layer, then transposed convolutions.
public final class DCGANGenerator: Module, LayeredGenerator {
    /// What the network was built from.
    public let settings: DCGAN.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    private let dense: Dense
    private let norms: [BatchNorm]
    private let convolutions: [TransposeConvolution2D]
    private let scales: [Embedding]
    private let shifts: [Embedding]

    /// A network whose weights are drawn from the source.
    ///
    /// - Precondition: the settings have no problems for these pictures.
    public init(_ settings: DCGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        let problems = settings.problems + DCGAN.problems(settings, for: spec)
        precondition(problems.isEmpty, "\(problems)")
        self.settings = settings
        self.spec = spec
        let own = settings.generator
        let initializer = settings.initializer.initializer
        let byNorm = own.labels == .norm && spec.labels > 0
        let cells = spec.height * spec.width / (own.enlargement * own.enlargement)
        let firstCount = own.widths[0] * cells
        func norm(_ channels: Int) -> BatchNorm {
            BatchNorm(
                channels,
                decay: own.momentum,
                epsilon: own.epsilon,
                hasScale: !byNorm,
                hasShift: !byNorm
            )
        }
        dense = Dense(
            inputs: settings.latent + (byNorm ? 0 : spec.labels),
            outputs: firstCount,
            bias: false,
            initializer: initializer,
            using: source
        )
        let outputs = own.widths.dropFirst() + [spec.channels]
        let first = own.firstNorm == .numbers ? firstCount : own.widths[0]
        norms = [norm(first)] + own.widths.dropFirst().map(norm)
        convolutions = zip(own.widths, outputs).enumerated().map { index, sizes in
            TransposeConvolution2D(
                inputs: sizes.0,
                outputs: sizes.1,
                kernel: Extent(own.kernel),
                stride: Extent(index == 0 && own.keepsFirst ? 1 : 2),
                padding: .same,
                bias: false,
                initializer: initializer,
                using: source
            )
        }
        func tables(_ start: Initializer) -> [Embedding] {
            guard byNorm else { return [] }
            return ([first] + own.widths.dropFirst()).map {
                Embedding(count: spec.labels, width: $0, initializer: start, using: source)
            }
        }
        scales = tables(.ones)
        shifts = tables(.zeros)
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// Draws pictures, −1 … 1.
    ///
    /// Shape: N×latent, and labels where there are any → N×C×H×W.
    public func callAsFunction(_ latents: Tensor, labels: Tensor? = nil) -> Tensor {
        drawn(latents, labels: labels) { _, _ in }
    }

    /// Draws, and tells of the map before each convolution and of the picture.
    public func drawn(
        _ latents: Tensor,
        labels: Tensor?,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        var x = dense(conditioned(latents, labels))
        if settings.generator.firstNorm == .numbers { x = activated(x, 0, labels) }
        x = firstMap(x)
        if settings.generator.firstNorm == .channels { x = activated(x, 0, labels) }
        watch("dense", x)
        for (index, convolution) in convolutions.dropLast().enumerated() {
            x = activated(convolution(x), index + 1, labels)
            watch("convolution \(index + 1)", x)
        }
        let picture = convolutions[convolutions.count - 1](x).tanh()
        watch("picture", picture)
        return picture
    }

    /// The network for drawing alone, with the weights it has now.
    public func sampler(dtype: DType) -> any Sampler {
        // Statistics of numbers and labels' own scales cannot become part of a kernel.
        guard scales.isEmpty, settings.generator.firstNorm == .numbers else {
            return AutocastSampler(generator: self, dtype: dtype == .float32 ? nil : dtype)
        }
        return DCGANSampler(
            self,
            dense: dense,
            norms: norms,
            convolutions: convolutions,
            dtype: dtype
        )
    }

    private func activated(_ input: Tensor, _ index: Int, _ labels: Tensor?) -> Tensor {
        let slope = settings.generator.slope
        guard scales.indices.contains(index) else {
            return norms[index].leaky(input, slope: slope)
        }
        guard let labels else { preconditionFailure("a conditional generator needs labels") }
        let shape = [input.size(0), -1] + [Int](repeating: 1, count: input.rank - 2)
        let even = norms[index](input)
        let x =
            even * scales[index](labels).reshaped(shape).converted(to: even.dtype)
            + shifts[index](labels).reshaped(shape).converted(to: even.dtype)
        return x.leakyRelu(slope: slope)
    }

    /// Latent numbers, with the label after them where that is how it comes in.
    func conditioned(_ latents: Tensor, _ labels: Tensor?) -> Tensor {
        guard spec.labels > 0, scales.isEmpty else { return latents }
        guard let labels else { preconditionFailure("a conditional generator needs labels") }
        return Tensor.concatenated([latents, spec.vectors(labels, as: latents.dtype)], along: 1)
    }

    /// The dense layer's numbers as a map, channels innermost: laid out as convolutions like it,
    /// without a copy.
    func firstMap(_ numbers: Tensor) -> Tensor {
        let scale = settings.generator.enlargement
        return numbers.reshaped([
            numbers.size(0), spec.height / scale, spec.width / scale,
            settings.generator.widths[0],
        ]).permuted([0, 3, 1, 2])
    }
}
