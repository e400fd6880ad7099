import Checks
import Neural
import Torch

extension TokenTransformer {
    /// The mean of −log p of the codes, in nats a code, places being drawn in an order of their own.
    ///
    /// Every place is told which the next one is, by its anchor. So a place learns to be foreseen after any others, as
    /// it is at the end where only the order of rows is drawn in.
    ///
    /// Source: Yu et al., "Randomized autoregressive visual generation", 2024.
    ///
    /// - Parameters:
    ///   - prefix: N×prefix pieces.
    ///   - drawn: The codes, N×(places · groups).
    ///   - seen: The codes that are seen, some of them wrong, likewise.
    ///   - order: Each place once.
    /// - Returns: A number.
    /// - Precondition: places have anchors.
    func shuffledLoss(_ prefix: Tensor, _ drawn: Tensor, seen: Tensor, order: [Int]) -> Tensor {
        guard let anchors else { preconditionFailure("places do not know which comes next") }
        let (count, places, groups) = (drawn.size(0), settings.places, settings.groups)
        let turn = Tensor(order).moved(to: drawn.device)
        func reordered(_ codes: Tensor) -> Tensor {
            codes.reshaped([count, places, groups]).selected(at: turn, along: 1)
        }
        let byPlace = reordered(seen)
        let known = vectors(byPlace.sliced(0..<places - 1, along: 1))
        let added = anchors(pieces(prefix), isSaid(prefix), at: 0..<places).selected(
            at: turn,
            along: 1
        )
        let none = Tensor.zeros(
            [count, settings.prefix - 1, settings.width],
            dtype: added.dtype,
            device: added.device
        )
        let length = settings.prefix + places - 1
        let all =
            Tensor.concatenated([asked(prefix), known], along: 1)
            + Tensor.concatenated([none, added], along: 1)
        var x = dropped(all)
        let turned = rotary.reordered(order, behind: settings.prefix)
        let mask = mask(length, device: x.device)
        for block in blocks { x = block(x, turned, at: 0..<length, mask: mask, cache: nil) }
        let found = norm(x.sliced(settings.prefix - 1..<length, along: 1))
        let nats = (0..<groups).map { group in
            logits(found, after: byPlace.sliced(0..<group, along: 2))
                .logProbability(of: reordered(drawn).selected(group, along: 2))
        }
        return -Tensor.stacked(nats, along: 2).mean()
    }
}
