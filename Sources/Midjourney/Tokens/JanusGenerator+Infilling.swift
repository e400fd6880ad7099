import Autoregressive
import Torch

extension JanusGenerator {
    /// A picture whose hidden part is drawn again; what is visible stays equal bit for bit.
    ///
    /// Codes of places that hide nothing are known. The others are drawn several times, each given those before it, and
    /// of the drawings the one stays whose codes, the known ones after it among them, are the likeliest.
    ///
    /// - Parameters:
    ///   - picture: 1×3×H×W, −1 … 1.
    ///   - visible: 1×1×H×W, 1 where the picture stays.
    ///   - guided: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1: drawings×codes.
    /// - Returns: 1×3×H×W.
    public func infilled(
        _ picture: Tensor,
        visible: Tensor,
        _ guided: JanusTransformer.GuidedTexts,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: Tensor
    ) -> Tensor {
        withoutGradients {
            let (drawings, length) = (chances.size(0), chances.size(1))
            let factor = tokenizer.settings.factor
            let isKnown = (1 - visible).maxPooled(
                window: [factor, factor],
                stride: [factor, factor]
            ).flattened(from: 1).isGreater(than: 0.5).logicalNot()
            let found = transformer.drawn(
                guided,
                sampling,
                known: (
                    tokenizer.codes(of: picture * visible).expanded([drawings, length]),
                    isKnown.expanded([drawings, length])
                ),
                by: chances
            )
            let best = found.likelihood.argmax(along: 0).reshaped([1])
            return visible.isGreater(than: 0.5).selecting(
                picture,
                otherwise: pictures(found.codes.selected(at: best)).converted(to: picture.dtype)
            )
        }
    }
}
