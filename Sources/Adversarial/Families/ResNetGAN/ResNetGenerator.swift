import Checks
import Neural
import Torch

/// The generator: a dense layer, residual blocks that double the size, and a last convolution.
///
/// Source: as `ResNetGAN`; with labels every batch normalisation has a scale and shift for each.
public final class ResNetGenerator: Module, Generator {
    /// What the network was built from.
    public let settings: ResNetGAN.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    private let dense: Dense
    private let embedding: Embedding?
    private let blocks: [Block]
    private let attention: SelfAttention2D?
    private let norm: BatchNorm
    private let last: Convolution2D

    /// A network whose weights are drawn from the source.
    public init(_ settings: ResNetGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let widths = settings.generatorWidths
        let scale = 1 << (widths.count - 1)
        let form: WeightForm = settings.generatorSpectralNorm ? .spectral : .plain
        let part = settings.splitsLatents ? settings.latent / widths.count : settings.latent
        dense = Dense(
            inputs: part,
            outputs: widths[0] * spec.height * spec.width / (scale * scale),
            form: form,
            using: source
        )
        let hasVectors = settings.embedding > 0 && spec.labels > 0
        embedding =
            hasVectors
            ? Embedding(
                count: spec.labels,
                width: settings.embedding,
                initializer: .glorotUniform,
                using: source
            ) : nil
        let condition =
            (settings.splitsLatents ? part : 0) + (hasVectors ? settings.embedding : 0)
        blocks = zip(widths, widths.dropFirst()).map {
            Block(
                $0,
                $1,
                labels: settings.embedding > 0 ? 0 : spec.labels,
                condition: condition,
                decay: settings.momentum,
                form: form,
                using: source
            )
        }
        attention =
            settings.attention == 0
            ? nil
            : widths.indices.dropFirst().first {
                spec.height >> (widths.count - 1 - $0) == settings.attention
            }.map { SelfAttention2D(widths[$0], form: form, using: source) }
        norm = BatchNorm(widths[widths.count - 1], decay: settings.momentum, epsilon: 1e-5)
        last = ResNetGAN.convolution(
            widths[widths.count - 1],
            spec.channels,
            gain: 1,
            form: form,
            using: source
        )
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// Draws pictures, −1 … 1.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let widths = settings.generatorWidths
        let scale = 1 << (widths.count - 1)
        let parts =
            settings.splitsLatents
            ? latents.split(widths.map { _ in settings.latent / widths.count }, along: 1)
            : [latents]
        var x = dense(parts[0]).reshaped([
            latents.size(0), spec.height / scale, spec.width / scale, widths[0],
        ]).permuted([0, 3, 1, 2])
        let vector = embedding.map { table in
            guard let labels else { preconditionFailure("a conditional generator needs labels") }
            return table(labels)
        }
        for (number, block) in blocks.enumerated() {
            let own = settings.splitsLatents ? [parts[number + 1]] : []
            let condition = own + (vector.map { [$0] } ?? [])
            x = block(
                x,
                labels: labels,
                condition: condition.isEmpty ? nil : Tensor.concatenated(condition, along: 1)
            )
            if x.size(2) == settings.attention, let attention { x = attention(x) }
        }
        return last(norm(x).relu()).tanh()
    }

    /// Norm, ReLU, doubling, convolution, norm, ReLU, convolution, beside a doubled shortcut.
    private final class Block: Module {
        private let norm1: ResNetNorm
        private let convolution1: Convolution2D
        private let norm2: ResNetNorm
        private let convolution2: Convolution2D
        private let shortcut: Convolution2D

        init(
            _ inputs: Int,
            _ outputs: Int,
            labels: Int,
            condition: Int,
            decay: Double,
            form: WeightForm,
            using source: RandomSource
        ) {
            func norm(_ channels: Int) -> ResNetNorm {
                ResNetNorm(
                    channels,
                    labels: labels,
                    condition: condition,
                    decay: decay,
                    form: form,
                    using: source
                )
            }
            norm1 = norm(inputs)
            convolution1 = ResNetGAN.convolution(inputs, outputs, form: form, using: source)
            norm2 = norm(outputs)
            convolution2 = ResNetGAN.convolution(outputs, outputs, form: form, using: source)
            shortcut = ResNetGAN.convolution(
                inputs,
                outputs,
                kernel: 1,
                gain: 1,
                form: form,
                using: source
            )
        }

        func callAsFunction(_ input: Tensor, labels: Tensor?, condition: Tensor?) -> Tensor {
            let double = Upsampling2D(factor: 2)
            let x = convolution1(double(norm1(input, labels: labels, condition: condition).relu()))
            // A 1×1 convolution and a doubling may change places, and so cost a quarter.
            return convolution2(norm2(x, labels: labels, condition: condition).relu())
                + double(shortcut(input))
        }
    }
}
