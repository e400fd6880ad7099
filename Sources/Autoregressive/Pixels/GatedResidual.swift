import Neural
import Torch

/// Two causal convolutions with a gate, added to what came in.
///
/// Source: Salimans et al., "PixelCNN++", ICLR 2017; the activation joins the exponential linear
/// units of a map and of its negative.
public final class GatedResidual: Module {
    let first: CausalConvolution
    let second: CausalConvolution
    private let side: Convolution2D?
    private let conditioning: Convolution2D?
    private let dropout: Dropout
    private let width: Int

    /// A block of maps of that width.
    init(
        width: Int,
        side: Int,
        kernel: Extent,
        reach: CausalConvolution.Reach,
        isConditional: Bool,
        dropout rate: Double,
        using source: RandomSource
    ) {
        self.width = width
        first = CausalConvolution(
            inputs: 2 * width,
            outputs: width,
            kernel: kernel,
            reach: reach,
            using: source
        )
        second = CausalConvolution(
            inputs: 2 * width,
            outputs: 2 * width,
            kernel: kernel,
            reach: reach,
            initializer: .normal(deviation: 0.02),
            using: source
        )
        func point(_ inputs: Int, _ outputs: Int) -> Convolution2D {
            Convolution2D(inputs: inputs, outputs: outputs, kernel: 1, using: source)
        }
        self.side = side > 0 ? point(2 * side, width) : nil
        conditioning = isConditional ? point(width, 2 * width) : nil
        dropout = Dropout(rate, using: source)
    }

    /// The block on maps, with what lies beside them, by these ways to convolve.
    ///
    /// Shape: N×width×…, N×side×…, N×width×… → N×width×….
    func callAsFunction(
        _ maps: Tensor,
        beside other: Tensor?,
        _ known: Tensor?,
        _ convolve: (CausalConvolution, Tensor) -> Tensor
    ) -> Tensor {
        var x = convolve(first, Self.joined(maps))
        if let side, let other { x = x + side(Self.joined(other)) }
        var y = convolve(second, dropout(Self.joined(x)))
        if let conditioning, let known { y = y + conditioning(known) }
        let halves = y.split([width, width], along: 1)
        return maps + halves[0] * halves[1].sigmoid()
    }

    /// The exponential linear units of maps and of their negatives.
    private static func joined(_ maps: Tensor) -> Tensor {
        Tensor.concatenated([maps, maps.negated()], along: 1).elu()
    }
}
