import Neural
import Torch

/// Four norms and convolutions through a bottleneck, beside a shortcut that drops the channels that are too many.
final class BigGANBlock: Module {
    private let block: BigGAN.Block
    private let width: Int
    private let norms: [BigGANNorm]
    private let convolutions: [BigGANConvolution]

    init(
        _ block: BigGAN.Block,
        width: Int,
        epsilon: Double,
        _ name: String,
        _ tensors: BigGANTensors
    ) throws {
        (self.block, self.width) = (block, width)
        norms = try (0..<4).map {
            try BigGANNorm("\(name).bn_\($0)", epsilon: epsilon, tensors)
        }
        convolutions = try (0..<4).map {
            let doubles = $0 == 1 && block.doubles
            return try BigGANConvolution(
                "\(name).conv_\($0)",
                doubles ? .doubling : .plain,
                tensors
            )
        }
    }

    func callAsFunction(_ input: Tensor, _ asked: BigGANAsked) -> Tensor {
        var map = input
        for (norm, convolution) in zip(norms, convolutions) {
            map = convolution(norm(map, asked))
        }
        let kept = input.sliced(0..<block.outputs * width, along: 1)
        guard block.doubles else { return map + kept }
        return map + kept.resampled(size: [map.size(2), map.size(3)], .nearest)
    }
}
