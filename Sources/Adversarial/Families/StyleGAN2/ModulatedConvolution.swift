import Neural
import Torch

/// A convolution whose input channels are scaled by a style, and whose output channels are then
/// brought to the variance that they would have had.
///
/// Scaling the weights of each picture, as the paper writes it, is scaling its channels before and
/// after one convolution for all.
///
/// Shape: N×inputs×H×W and N×style → N×outputs×H×W, or twice as large.
///
/// Source: Karras et al., 2020, section 2.2 and appendix B.
package final class ModulatedConvolution: Module, WrappingLayer {
    @Parameter package var weight: Tensor
    private let affine: Dense
    /// The weights that the style goes through.
    var styleWeight: Tensor { affine.weight }
    private var filter: Filter?
    /// Whether the picture's other end lies beyond each of its left and right edges.
    private var wraps = false
    private let demodulates: Bool
    private let gain: Double

    package init(
        inputs: Int,
        outputs: Int,
        kernel: Int,
        style: Int,
        doubles: Bool = false,
        demodulates: Bool = true,
        using source: RandomSource
    ) {
        weight = Tensor.normal([outputs, inputs, kernel, kernel], using: source).channelsLast()
        affine = Dense(
            inputs: style,
            outputs: inputs,
            biasInitializer: .ones,
            form: .equalised(gain: 1),
            using: source
        )
        filter = doubles ? Filter() : nil
        self.demodulates = demodulates
        // Without demodulation the weights' own scale counts.
        gain = demodulates ? 1 : 1 / Double(inputs * kernel * kernel).squareRoot()
    }

    /// Takes pictures as cylinders from now on, or as flat ones again.
    package func wrapColumns(_ wraps: Bool) {
        self.wraps = wraps
        filter?.wraps = wraps
    }

    package func callAsFunction(_ input: Tensor, style: Tensor) -> Tensor {
        // Styles and levels are few numbers, and every one of them scales a whole map.
        let scales = style.inFullPrecision {
            gain == 1 ? affine($0) : affine($0) * gain
        }
        let count = input.size(0)
        let scaled = input * scales.reshaped([count, -1, 1, 1]).converted(to: input.dtype)
        let output = StyleConvolution.convolved(scaled, weight, filter, wraps: wraps)
        guard demodulates else { return output }
        let level = scales.inFullPrecision { scales in
            let squares = weight.squared().sum(over: [2, 3])
            let sums = scales.squared().multiplied(by: squares.transposed())
            return (sums + 1e-8).reciprocalSquareRoot()
        }
        return output * level.reshaped([count, -1, 1, 1]).converted(to: output.dtype)
    }
}

/// The convolutions of both forms of a style layer.
enum StyleConvolution {
    /// Of the same size; with a filter doubled: each pixel paints a kernel, and the painting is
    /// smoothed.
    ///
    /// - Parameters:
    ///   - input: Maps.
    ///   - weight: Kernels.
    ///   - filter: What smooths the painting.
    ///   - wraps: Whether the maps are cylinders.
    /// - Returns: Maps.
    static func convolved(
        _ input: Tensor,
        _ weight: Tensor,
        _ filter: Filter?,
        wraps: Bool
    ) -> Tensor {
        guard !wraps else {
            let rim = weight.size(3)
            var plain = filter
            plain?.wraps = false
            return input.asCylinders(rim: rim, cut: filter == nil ? rim : 2 * rim) {
                convolved($0, weight, plain, wraps: false)
            }
        }
        let border = weight.size(2) / 2
        guard let filter else {
            return input.convolved(with: weight, stride: [1, 1], padding: [border, border])
        }
        let painted = input.transposeConvolved(
            with: weight.transposed(0, 1),
            stride: [2, 2],
            padding: [0, 0]
        )
        return filter.smoothed(painted, before: 1, after: 1, gain: 4)
    }
}
