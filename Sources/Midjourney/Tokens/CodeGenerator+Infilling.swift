import Adversarial
import Autoregressive
import Torch

extension CodeGenerator {
    /// Pictures whose hidden part is drawn again; what is visible stays equal bit for bit.
    ///
    /// Codes of places that hide nothing are known. The others are drawn several times, each given
    /// those before it, and of the drawings the one stays whose codes, the known ones after it among
    /// them, are the likeliest.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, −1 … 1.
    ///   - visible: N×1×H×W, 1 where the picture stays.
    ///   - condition: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1: N×drawings×codes.
    /// - Returns: N×C×H×W.
    public func infilled(
        _ pictures: Tensor,
        visible: Tensor,
        _ condition: GuidedCondition,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: Tensor
    ) -> Tensor {
        withoutGradients {
            let codes = completed(
                self.codes(of: pictures * visible),
                known: known(visible),
                condition,
                sampling,
                by: chances
            )
            return visible.isGreater(than: 0.5).selecting(
                pictures,
                otherwise: self.pictures(codes).converted(to: pictures.dtype)
            )
        }
    }

    /// The likeliest of several drawings of the codes that are not known.
    ///
    /// Shape: N×codes, N×codes and N×drawings×codes → N×codes.
    func completed(
        _ codes: Tensor,
        known: Tensor,
        _ condition: GuidedCondition,
        _ sampling: TokenSampling,
        by chances: Tensor
    ) -> Tensor {
        let (count, drawings) = (codes.size(0), chances.size(1))
        let length = transformer.settings.length
        func repeated(_ rows: Tensor) -> Tensor {
            let shape = Array(rows.shape.dropFirst())
            return rows.unsqueezed(1).expanded([count, drawings] + shape)
                .reshaped([count * drawings] + shape)
        }
        let found = transformer.drawn(
            GuidedCondition(condition.prefixes.map(repeated), weights: condition.weights),
            sampling,
            known: (repeated(codes), repeated(known)),
            by: chances.reshaped([count * drawings, length])
        )
        let best = found.likelihood.reshaped([count, drawings]).argmax(along: 1)
        return found.codes.reshaped([count, drawings, length]).gathered(
            best.reshaped([count, 1, 1]).expanded([count, 1, length]),
            along: 1
        ).squeezed(1)
    }

    /// Which codes stand for places that hide nothing.
    ///
    /// Shape: N×1×H×W → N×codes.
    private func known(_ visible: Tensor) -> Tensor {
        let hidden = (1 - visible).maxPooled(window: [factor, factor], stride: [factor, factor])
            .flattened(from: 1)
        let (count, groups) = (hidden.size(0), transformer.settings.groups)
        return hidden.unsqueezed(2).expanded([count, hidden.size(1), groups])
            .reshaped([count, -1]).isGreater(than: 0.5).logicalNot()
    }
}
