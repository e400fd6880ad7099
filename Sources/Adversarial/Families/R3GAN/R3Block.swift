import Neural
import Torch

/// Widen, mix within groups, narrow, and add what came in.
///
/// Source: Huang et al., 2024, section 3.4. Weights start so that the sum of all blocks keeps its
/// variance: gain √(2 / 1.04) · blocks^(−1/4), and nothing from the last one.
final class R3Block: Module {
    private let widen: Convolution2D
    private let mix: Convolution2D
    private let narrow: Convolution2D

    init(
        _ width: Int,
        expansion: Int,
        groups: Int,
        blocks: Int,
        using source: RandomSource
    ) {
        let wide = width * expansion
        let gain = (2 / 1.04).squareRoot() / Double(max(blocks, 1)).squareRoot().squareRoot()
        widen = Convolution2D(
            inputs: width,
            outputs: wide,
            kernel: 1,
            initializer: R3GAN.start(gain, inputs: width),
            using: source
        )
        mix = Convolution2D(
            inputs: wide,
            outputs: wide,
            kernel: 3,
            padding: .same,
            groups: groups,
            initializer: R3GAN.start(gain, inputs: wide / groups * 9),
            using: source
        )
        narrow = Convolution2D(
            inputs: wide,
            outputs: width,
            kernel: 1,
            bias: false,
            initializer: .zeros,
            using: source
        )
    }

    func callAsFunction(_ input: Tensor) -> Tensor {
        let wide = widen(input).leakyRelu(slope: 0.2)
        return input + narrow(mix(wide).leakyRelu(slope: 0.2))
    }

    /// The weights that all of the block's pictures pass last.
    var lastWeight: Tensor { narrow.weight }
}
