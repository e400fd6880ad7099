import Autoregressive
import Torch

extension AmusedGenerator {
    /// A picture whose hidden part is drawn again; what is visible stays equal bit for bit.
    ///
    /// Codes of places that hide nothing are known from the beginning, and the others are told after all of them:
    /// above, below and on both sides. Their number falls evenly, as in the published program.
    ///
    /// - Parameters:
    ///   - picture: 1×3×H×W, −1 … 1.
    ///   - visible: 1×1×H×W, 1 where the picture stays.
    ///   - guided: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1, as many as all steps take.
    /// - Returns: 1×3×H×W.
    public func infilled(
        _ picture: Tensor,
        visible: Tensor,
        _ guided: AmusedTransformer.GuidedTexts,
        _ sampling: MaskedSampling = MaskedSampling(),
        by chances: Tensor
    ) -> Tensor {
        withoutGradients {
            let factor = tokenizer.settings.factor
            let isHidden = (1 - visible).maxPooled(
                window: [factor, factor],
                stride: [factor, factor]
            ).flattened(from: 1).isGreater(than: 0.5)
            let codes = codes(of: picture * visible)
                .filled(with: Double(transformer.settings.mask), where: isHidden)
            var sampling = sampling
            sampling.isLinear = true
            let found = transformer.drawn(
                guided,
                sampling,
                from: AmusedTransformer.Beginning(
                    codes: codes,
                    share: isHidden.converted(to: .float32).mean().item()
                ),
                by: chances
            )
            return visible.isGreater(than: 0.5).selecting(
                picture,
                otherwise: pictures(found.codes).converted(to: picture.dtype)
            )
        }
    }

    /// The codes of a picture of which a part is forgotten, as the picture would be after some of the steps.
    ///
    /// - Parameters:
    ///   - picture: 1×3×H×W, −1 … 1.
    ///   - strength: The share of the steps that are drawn, from 0 to 1.
    ///   - sampling: How many steps there are.
    ///   - chances: Even numbers from 0 to 1, as many as codes: those with the least are forgotten.
    /// - Returns: What is known.
    public func beginning(
        with picture: Tensor,
        strength: Double,
        _ sampling: MaskedSampling = MaskedSampling(),
        by chances: Tensor
    ) -> AmusedTransformer.Beginning {
        withoutGradients {
            let settings = transformer.settings
            let drawn =
                Int(exactly: (Double(sampling.steps) * strength).rounded(.towardZero)) ?? 0
            let done = min(max(sampling.steps - drawn, 1), sampling.steps - 1)
            let share = sampling.unknown(
                after: done,
                isLinear: sampling.isLinear ?? settings.isLinear
            )
            let forgotten = chances.reshaped([1, settings.places]).isLess(than: Double(share))
            return AmusedTransformer.Beginning(
                codes: codes(of: picture).filled(with: Double(settings.mask), where: forgotten),
                step: done
            )
        }
    }
}
