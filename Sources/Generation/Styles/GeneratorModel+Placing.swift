import Adversarial
import Midjourney
import Torch

extension GeneratorModel {
    /// Drawings nearer to the mean one, and in other styles: in style where there are styles, in latents
    /// elsewhere.
    ///
    /// - Parameters:
    ///   - latents: A row each.
    ///   - labels: What each is asked for.
    ///   - manner: How near, and in which styles.
    ///   - draw: Draws latents as they are.
    /// - Returns: Pictures, N×C×H×W.
    func placed(
        _ latents: Tensor,
        _ labels: Tensor?,
        _ manner: DrawingManner,
        _ draw: (Tensor, Tensor?) -> Tensor
    ) -> Tensor {
        let (share, mixes) = (manner.truncation, manner.styles ?? [])
        guard share != 1 || !mixes.isEmpty else { return draw(latents, labels) }
        if let pixels = network as? any PieceByPiece {
            let parts = latents.split(
                [pixels.draftSize, network.latentSize - pixels.draftSize],
                along: 1
            )
            return draw(Tensor.concatenated([parts[0] * share, parts[1]], along: 1), labels)
        }
        guard let styled = network as? any StyleGenerator else {
            return draw(latents * share, labels)
        }
        func styles(_ latents: Tensor) -> Tensor {
            styled.truncated(styled.mapped(latents, labels: labels), by: share)
        }
        let own = styles(latents)
        let others = mixes.map { mix in
            let source = RandomSource(seed: mix.seed, stream: 0)
            let numbers = Tensor.normal([1, network.latentSize], using: source)
            return styles(numbers.moved(to: device).expanded(latents.shape))
        }
        return styled.synthesized(mixed(own, others, mixes, layers: styled.styleCount))
    }

    /// Styles in which layers take their shares of others.
    private func mixed(
        _ own: Tensor,
        _ others: [Tensor],
        _ mixes: [StyleMix],
        layers: Int
    ) -> Tensor {
        let finer = layers / 2..<layers
        return Tensor.stacked(
            (0..<layers).map { layer in
                let taken = zip(mixes, others).filter { ($0.0.layers ?? finer).contains(layer) }
                let rest = 1 - taken.reduce(0) { $0 + $1.0.share }
                return taken.reduce(own.selected(layer, along: 1) * rest) { sum, next in
                    sum + next.1.selected(layer, along: 1) * next.0.share
                }
            },
            along: 1
        )
    }
}
