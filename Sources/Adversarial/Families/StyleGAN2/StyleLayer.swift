import Checks
import Neural
import Torch

/// A convolution in a style, noise, bias and leaky ReLU.
///
/// Source: Karras et al., 2020, figure 2c; in the form `instance-norm` Karras et al., 2019, figure
/// 1b, where noise has a weight for each channel and the style comes last.
final class StyleLayer: Module, WrappingLayer {
    private let modulated: ModulatedConvolution?
    private let plain: Convolution2D?
    private let affine: Dense?
    private var filter: Filter?
    @Parameter private var noiseStrength: Tensor
    @Parameter private var bias: Tensor
    @Buffer private var noise: Tensor
    /// Noise in place of the layer's own.
    private var otherNoise: Tensor?
    private let norm: InstanceNorm?
    private let hasNoise: Bool
    private let clamp: Double
    private let chance: RandomSource

    init(
        inputs: Int,
        outputs: Int,
        side: Int,
        doubles: Bool,
        settings: StyleGAN2.Settings,
        using streams: NetworkStreams
    ) {
        let source = streams.weights
        let isModulated = settings.form == .modulation
        modulated =
            isModulated
            ? ModulatedConvolution(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                style: settings.style,
                doubles: doubles,
                using: source
            ) : nil
        plain =
            isModulated
            ? nil
            : Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 3,
                padding: .same,
                bias: false,
                form: .equalised(),
                using: source
            )
        affine =
            isModulated
            ? nil
            : Dense(
                inputs: settings.style,
                outputs: 2 * outputs,
                form: .equalised(gain: 1),
                using: source
            )
        filter = doubles && !isModulated ? Filter(taps: [1, 2, 1]) : nil
        norm = isModulated ? nil : InstanceNorm(outputs, epsilon: 1e-8)
        noiseStrength = isModulated ? .zeros([]) : .zeros([outputs, 1, 1])
        bias = .zeros([outputs])
        noise = .normal([side, side], using: source)
        hasNoise = settings.noise
        clamp = settings.clamp
        chance = streams.chance
    }

    /// The weights that the style goes through.
    var styleWeight: Tensor {
        guard let weight = modulated?.styleWeight ?? affine?.weight else {
            preconditionFailure("a style layer without a style")
        }
        return weight
    }

    /// Takes noise in place of its own; nothing brings that back.
    func useNoise(_ source: RandomSource?) {
        otherNoise = source.map { .normal(noise.shape, using: $0).moved(to: noise.device) }
    }

    /// Takes pictures as cylinders from now on, or as flat ones again.
    func wrapColumns(_ wraps: Bool) { filter?.wraps = wraps }

    func callAsFunction(_ input: Tensor, style: Tensor) -> Tensor {
        var x: Tensor
        if let modulated {
            x = modulated(input, style: style)
        } else if let plain {
            x = plain(filter?.doubled(input) ?? input)
        } else {
            preconditionFailure("a style layer without a convolution")
        }
        if hasNoise { x = x + noise(like: x) * noiseStrength.converted(to: x.dtype) }
        x = x + bias.reshaped([1, -1, 1, 1]).converted(to: x.dtype)
        guard let norm, let affine else { return x.balancedLeakyRelu(clamp: clamp) }
        let even = norm(x.leakyRelu(slope: 0.2))
        let acts = style.inFullPrecision { affine($0) }.reshaped([style.size(0), 2, -1, 1, 1])
            .converted(to: x.dtype)
        return even * (acts.selected(0, along: 1) + 1) + acts.selected(1, along: 1)
    }

    /// Fresh noise in training; in use always the same, so that a picture depends on its latents
    /// alone.
    private func noise(like x: Tensor) -> Tensor {
        guard isTraining else { return (otherNoise ?? noise).converted(to: x.dtype) }
        return Tensor.normal(
            [x.size(0), 1, x.size(2), x.size(3)],
            dtype: x.dtype == .float64 ? .float64 : .float32,
            device: x.device,
            using: chance
        ).converted(to: x.dtype)
    }
}
