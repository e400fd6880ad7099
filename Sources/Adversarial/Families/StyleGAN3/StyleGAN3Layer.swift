import Neural
import Torch

/// A convolution in a style, and leaky ReLU between filters; the last layer makes the picture and bends nothing.
///
/// Scaling the weights of each picture is scaling its channels before and after one convolution for all.
///
/// Source: Karras et al., 2021, figure 4b and appendix B; the mean magnitude of what comes in takes the place of a
/// norm.
final class StyleGAN3Layer: Module {
    private let affine: Dense
    @Parameter private var weight: Tensor
    @Parameter private var bias: Tensor
    @Buffer private var magnitude: Tensor
    private let upFilter: Buffer?
    private let downFilter: Buffer?
    private let layer: StyleGAN3Layout.Layer
    private let activation: FilteredActivation
    private let decay: Double

    init(_ layer: StyleGAN3Layout.Layer, _ settings: StyleGAN3.Settings, using source: RandomSource)
    {
        self.layer = layer
        decay = settings.magnitudeDecay
        weight = Tensor.normal(
            [layer.outputs, layer.inputs, layer.kernel, layer.kernel],
            using: source
        )
        .channelsLast()
        affine = Dense(
            inputs: settings.style,
            outputs: layer.inputs,
            biasInitializer: .ones,
            form: .equalised(gain: 1),
            using: source
        )
        bias = .zeros([layer.outputs])
        magnitude = .ones([])
        upFilter =
            layer.upTaps > 1
            ? Buffer(wrappedValue: Self.filter(layer.before.line(layer.upTaps), [layer.upTaps]))
            : nil
        let taps = layer.downTaps
        downFilter =
            taps > 1
            ? Buffer(
                wrappedValue: layer.isRadial
                    ? Self.filter(layer.behind.disc(taps), [taps, taps])
                    : Self.filter(layer.behind.line(taps), [taps])
            ) : nil
        activation = FilteredActivation(
            layer: layer,
            slope: layer.isPicture ? 1 : 0.2,
            gain: layer.isPicture ? 1 : 2.0.squareRoot(),
            clamp: settings.clamp
        )
    }

    private static func filter(_ taps: [Double], _ shape: [Int]) -> Tensor {
        Tensor(taps, shape: shape).converted(to: .float32)
    }

    /// The weights that the style goes through.
    var styleWeight: Tensor { affine.weight }

    /// Shape: N×inputs×from×from and N×style → N×outputs×to×to.
    func callAsFunction(_ map: Tensor, style: Tensor) -> Tensor {
        if isTraining { learn(map) }
        let count = map.size(0)
        func shaped(_ channels: Tensor) -> Tensor {
            channels.reshaped([count, -1, 1, 1]).converted(to: map.dtype)
        }
        let (scales, levels) = style.inFullPrecision { self.scales(affine($0)) }
        let output = (map * shaped(scales)).convolved(
            with: weight.converted(to: map.dtype),
            stride: [1, 1],
            padding: [layer.kernel - 1, layer.kernel - 1]
        )
        let levelled = levels.map { output * shaped($0) } ?? output
        let biased = levelled + bias.reshaped([1, -1, 1, 1]).converted(to: map.dtype)
        return activation(biased, up: upFilter?.wrappedValue, down: downFilter?.wrappedValue)
    }

    /// What the channels that come in are multiplied with, and those that go out.
    private func scales(_ style: Tensor) -> (Tensor, Tensor?) {
        let gain = magnitude.converted(to: style.dtype).reciprocalSquareRoot()
        guard !layer.isPicture else {
            let size = Double(layer.inputs * layer.kernel * layer.kernel)
            return (style * (gain / size.squareRoot()), nil)
        }
        let even =
            style
            * style.squared().mean(over: [1], keepingDimensions: true)
            .reciprocalSquareRoot()
        // Each kernel counts as if its mean square were 1, and each output as if it had variance 1.
        let squares = weight.converted(to: style.dtype).squared().sum(over: [2, 3])
        let size = Double(layer.inputs * layer.kernel * layer.kernel)
        let norm = (squares.sum(over: [1]) / size).reciprocalSquareRoot()
        let sums = even.squared().multiplied(by: squares.transposed()) * norm.squared()
        return (even * gain, (sums + 1e-8).reciprocalSquareRoot() * norm)
    }

    private func learn(_ map: Tensor) {
        withoutGradients {
            let found = map.detached().inFloat32().squared().mean().overAllProcesses()
                .converted(to: magnitude.dtype)
            magnitude = found + (magnitude - found) * decay
        }
    }
}
