import Neural
import Torch

/// Self-attention of all places to a quarter of them.
///
/// Source: Zhang et al., "Self-attention generative adversarial networks", ICML 2019; places looked at are the largest
/// of four.
final class BigGANAttention: Module {
    private let wanted: BigGANConvolution
    private let offered: BigGANConvolution
    private let content: BigGANConvolution
    private let last: BigGANConvolution
    @Buffer private var share: Tensor

    init(_ name: String, _ tensors: BigGANTensors) throws {
        func part(_ part: String) throws -> BigGANConvolution {
            try BigGANConvolution("\(name).snconv1x1_\(part)", bias: false, tensors)
        }
        (wanted, offered) = (try part("theta"), try part("phi"))
        (content, last) = (try part("g"), try part("o_conv"))
        share = try tensors.plain("\(name).gamma")
    }

    func callAsFunction(_ map: Tensor) -> Tensor {
        /// One head, a row for each place.
        func rows(_ map: Tensor) -> Tensor { map.flattened(from: 2).transposed(1, 2).unsqueezed(1) }
        func pooled(_ map: Tensor) -> Tensor { map.maxPooled(window: [2, 2], stride: [2, 2]) }
        let found = Tensor.attention(
            query: rows(wanted(map)),
            key: rows(pooled(offered(map))),
            value: rows(pooled(content(map))),
            scale: 1
        )
        let seen = found.squeezed(1).transposed(1, 2).reshaped([
            map.size(0), map.size(1) / 2, map.size(2), map.size(3),
        ])
        return map + share * last(seen)
    }
}
