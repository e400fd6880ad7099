import Adversarial
import Autoregressive
import Checks
import Foundation
import Neural
import Runs
import Settings
import Torch

/// A generator whose drafts a pixel model draws again, pixel by pixel.
///
/// In training the discriminator sees drafts and, beside them, what the refiner expects of them in
/// one pass; the refiner also learns the exact likelihood of real pictures given damaged ones.
public final class RefinedGenerator: Module, PixelByPixel {
    /// The network that makes drafts.
    public let draft: any Generator
    /// The model that draws them again.
    public let refiner: PixelModel
    private let spec: ImageSpec
    private let settings: Recipe.Refiner
    private let distribution: LatentDistribution

    /// A refiner, whose weights are drawn from the source, beside a network that makes drafts.
    ///
    /// - Precondition: the settings were checked.
    public init(
        _ draft: any Generator,
        _ settings: Recipe.Refiner,
        for spec: ImageSpec,
        distribution: LatentDistribution,
        using source: RandomSource
    ) {
        guard let family = PixelNetworkFamily.registry[settings.family] else {
            preconditionFailure("the unknown pixel model '\(settings.family)'")
        }
        let pixels = PixelSpec(spec, hasDraft: true)
        refiner = family.model(settings.settings, for: pixels, using: source)
        (self.draft, self.settings) = (draft, settings)
        (self.spec, self.distribution) = (spec, distribution)
    }

    /// The draft's.
    public var draftSize: Int { draft.latentSize }

    /// The draft's, and one for every choice of the refiner.
    public var latentSize: Int {
        draft.latentSize + spec.height * spec.width * refiner.chances
    }

    /// Classes that can be asked for.
    public var labelCount: Int { draft.labelCount }

    /// Draws pictures: u = G(z, y), then x ~ p(· | u, y).
    public func drawn(_ latents: Tensor, labels: Tensor?, temperature: Double) -> Tensor {
        let u = drafted(latents, labels: labels)
        return refiner.draw(
            by: distribution.uniforms(
                from: latents.sliced(draft.latentSize..<latentSize, along: 1)
            ),
            rows: spec.height,
            columns: spec.width,
            condition(u, labels),
            temperature: temperature
        )
    }

    /// Drafts alone.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? {
        drafted(latents, labels: labels)
    }

    private func drafted(_ latents: Tensor, labels: Tensor?) -> Tensor {
        draft(latents.sliced(0..<draft.latentSize, along: 1), labels: labels)
    }

    /// Drafts u, and x̄ = E[xᵢ | u before i, u]: what the refiner makes of them, without a draw.
    public func fakes(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Fakes {
        let u = drafted(latents, labels: labels).inFloat32()
        let drafts = leading(settings.judged, of: leading(settings.share, of: (u, labels)))
        let expected = precisely(drafts.pictures) {
            refiner.expectation(given: $0, condition($0, drafts.labels))
        }.inFloat32()
        let asked = labels.flatMap { all in
            drafts.labels.map { Tensor.concatenated([all, $0]) }
        }
        return Fakes((Tensor.concatenated([u, expected]), asked), auxiliaryLosses: likelihood)
    }

    /// The body's result on the pictures, in single precision on the processor: there the refiner's
    /// narrow convolutions are slower in a shorter type.
    private func precisely(_ pictures: Tensor, _ body: (Tensor) -> Tensor) -> Tensor {
        pictures.device.kind == .cpu ? pictures.inFullPrecision(body) : body(pictures)
    }

    /// The drafter, and the refiner.
    public var parameterGroups: [Module] { [draft, refiner] }

    /// Bits of each number, without any draft.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        [refiner.bitsMark(real, isConditional: labelCount > 0)]
    }

    /// −log p(x | K(x), y) with K a random damage, or no draft at all, in nats a number.
    private func likelihood(_ turn: GeneratorTurn) -> TaskLoss {
        let real = leading(settings.share, of: turn.real)
        let x = real.pictures
        let labels = labelCount > 0 ? real.labels : nil
        let seen = withoutGradients {
            Damage(restored: turn.restored)(x, using: turn.source)
        }
        let follows = withoutGradients {
            1
                - Tensor.bernoulli(
                    [x.size(0)],
                    probability: settings.nullDrafts,
                    device: x.device,
                    using: turn.source
                ).converted(to: x.dtype)
        }
        let bits = turn.autocast {
            precisely(x) {
                refiner.bitsPerDimension(
                    of: $0,
                    PixelCondition(classes: labels, draft: coarse(seen), follows: follows)
                )
            }
        }
        let isAlone = 1 - follows
        func mean(_ mask: Tensor) -> Tensor {
            withoutGradients {
                (bits * mask).sum().overAllProcesses() / mask.sum().overAllProcesses()
            }
        }
        var figures = [(name: "bits", value: mean(follows + isAlone))]
        if withoutGradients({ isAlone.sum().overAllProcesses().item() }) > 0 {
            figures.append((name: "bits_alone", value: mean(isAlone)))
        }
        return TaskLoss(
            bits.mean() * (log(2) * settings.likelihood.value(at: turn.images)),
            figures: figures
        )
    }

    /// Draws what a picture hides: what is visible stays equal bit for bit.
    ///
    /// Shape: N×C×H×W, N×1×H×W (1 where visible) and N×(rows · columns · chances) → N×C×H×W.
    public func restored(
        _ pictures: Tensor,
        visible: Tensor,
        labels: Tensor? = nil,
        by chances: Tensor,
        temperature: Double = 1
    ) -> Tensor {
        refiner.draw(
            by: chances,
            rows: pictures.size(2),
            columns: pictures.size(3),
            condition(pictures * visible, labels),
            temperature: temperature,
            known: (pictures, visible)
        )
    }

    private func condition(_ draft: Tensor, _ labels: Tensor?) -> PixelCondition {
        PixelCondition(classes: labels, draft: coarse(draft))
    }

    /// A draft as the refiner sees it.
    private func coarse(_ draft: Tensor) -> Tensor {
        guard settings.coarse > 1 else { return draft }
        let size = [draft.size(2), draft.size(3)]
        return draft.adaptiveAveragePooled(size: size.map { max($0 / settings.coarse, 1) })
            .resampled(size: size, .bilinear)
    }
}
