import Adversarial
import Autoregressive
import Checks
import Foundation
import Neural
import Runs
import Settings
import Torch

/// Encoder E, codes Q and decoder G, and a transformer P that draws the codes.
///
/// In training the discriminator sees x̂ = G(Q(E(x))); P learns the codes that the averaged encoder
/// finds, and nothing of what it learns reaches E.
public final class TokenGenerator: Module, StagedGenerator, CodeGenerator {
    /// Pictures to codes and back.
    public let tokenizer: Tokenizer
    /// What draws the codes.
    public let transformer: TokenTransformer
    /// Steps so far, by which unused codes are looked for.
    @Buffer public var steps: Tensor = Tensor([0], shape: [])
    private let settings: TokenFamily.Settings
    private let spec: ImageSpec
    private let chance: RandomSource
    private let ahead = Ahead()

    /// The codes that the averaged encoder found in the present step's pictures.
    private final class Ahead {
        var codes: Tensor?
    }

    /// Networks whose weights are drawn from the streams.
    public init(
        _ settings: TokenFamily.Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        (self.settings, self.spec, chance) = (settings, spec, streams.chance)
        tokenizer = Tokenizer(
            settings.tokenizer,
            channels: spec.channels,
            using: streams.weights
        )
        transformer = TokenTransformer(
            settings.transformer.network(settings.tokenizer, settings.text, for: spec),
            using: streams.weights,
            chance: streams.chance
        )
    }

    /// Pixels a side that the codes of a place stand for.
    public var factor: Int { tokenizer.settings.factor }

    /// Classes that can be asked for.
    public var labelCount: Int { spec.labels }

    /// The tokenizer, and the transformer.
    public var parameterGroups: [Module] { [tokenizer, transformer] }

    /// Draws codes one after the other, and the picture of them.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        pictures(codes(latents, labels: labels, dtype: .float32))
    }

    /// Draws with weights of that type.
    public func sampler(dtype: DType) -> any Sampler { TokenSampler(generator: self, dtype: dtype) }

    /// Codes, one drawn after the other.
    ///
    /// Shape: N×latents → N×codes.
    public func codes(_ latents: Tensor, labels: Tensor?) -> Tensor {
        codes(latents, labels: labels, dtype: .float32)
    }

    /// The same with weights of that type.
    func codes(_ latents: Tensor, labels: Tensor?, dtype: DType) -> Tensor {
        transformer.draw(
            GuidedCondition(prefix(labels, count: latents.size(0))),
            by: uniforms(from: latents),
            dtype: dtype
        )
    }

    /// The codes that the averaged encoder finds.
    public func codes(of pictures: Tensor) -> Tensor { tokenizer.codes(of: pictures) }

    /// How near each code's vector is to what the encoder makes of pictures.
    public func similarities(to pictures: Tensor) -> Tensor {
        tokenizer.codebook.similarities(tokenizer.encoder(pictures))
    }

    /// The pictures of codes.
    ///
    /// Shape: N×codes → N×C×H×W.
    public func pictures(_ codes: Tensor) -> Tensor {
        tokenizer.pictures(
            of: codes,
            rows: transformer.settings.rows,
            columns: transformer.settings.columns
        )
    }

    /// The pictures of codes, telling of every map of the decoder.
    public func pictures(
        _ codes: Tensor,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        tokenizer.pictures(
            of: codes,
            rows: transformer.settings.rows,
            columns: transformer.settings.columns,
            watch: watch
        )
    }

    /// What is asked for, as the transformer's prefix: the class, or the pieces of a text, which stand
    /// behind the class.
    ///
    /// Shape: N → N×1, or N×(1 + pieces) → N×pieces.
    func prefix(_ labels: Tensor?, count: Int) -> Tensor {
        guard let labels else { return transformer.open(count) }
        return settings.text.pieces > 0
            ? labels.sliced(1..<1 + settings.text.length, along: 1) : labels.unsqueezed(1)
    }

    /// Codes are learned as the averaged encoder finds them, where they are learned at all.
    public var needsAveragedTargets: Bool { settings.likelihood.largest > 0 }

    /// Finds the codes of a step's pictures.
    public func prepareTargets(_ real: LabelledPictures) {
        ahead.codes = tokenizer.codes(of: real.pictures)
    }

    /// x̂, and everything but the game: errors, codes, features, and −Σ log p(kᵢ | k before i, y).
    public func fakes(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Fakes {
        let maps = tokenizer.encoder(real.pictures)
        if isTraining { restartUnusedCodes(from: maps) }
        let quantised = tokenizer.codebook(maps)
        let restored = tokenizer.decoder(quantised.vectors).inFloat32()
        return Fakes((restored, labels)) { [self] turn in
            losses(turn, restored: restored, quantised: quantised)
        }
    }

    /// Gives codes that nothing uses another place, now and then.
    private func restartUnusedCodes(from maps: Tensor) {
        withoutGradients { steps = steps + 1 }
        guard let turn = Int(exactly: steps.item()),
            turn.isMultiple(of: settings.tokenizer.reviveEvery)
        else { return }
        tokenizer.codebook.restartUnusedCodes(from: maps, using: chance)
    }

    private func losses(
        _ turn: GeneratorTurn,
        restored: Tensor,
        quantised: Codebook.Quantised
    ) -> TaskLoss {
        let error = restored - turn.real.pictures.inFloat32()
        let (absolute, squared) = (error.absolute().mean(), error.squared().mean())
        var loss =
            absolute * settings.absolute + squared * settings.squared + quantised.loss.inFloat32()
        var figures = [
            (name: "psnr", value: withoutGradients { SignalRatio.decibels(squared) }),
            (name: "codebook", value: quantised.loss),
            (name: "codes_in_use", value: Tensor(tokenizer.codebook.shareInUse)),
            (name: "perplexity", value: Tensor(tokenizer.codebook.perplexity)),
        ]
        let weight = settings.features.value(at: turn.images)
        if weight > 0 {
            let distance = turn.featureDistance
            loss = loss + distance * weight
            figures.append((name: "features", value: distance))
        }
        let likelihood = settings.likelihood.value(at: turn.images)
        if likelihood > 0, let codes = ahead.codes {
            let labels = labelCount > 0 ? turn.real.labels : nil
            let nats = nats(
                of: codes,
                labels,
                turn.autocast,
                images: turn.images,
                using: turn.source
            )
            loss = loss + nats * likelihood
            figures.append((name: "nats", value: nats))
        }
        return TaskLoss(loss, figures: figures)
    }

    /// The tokenizer.
    public var settling: Module { tokenizer }

    /// Whether codes are foreseen after they have settled, in place of both at once.
    public var hasStages: Bool { settings.settlesAt >= 0 }

    /// Lets the transformer learn by updates of few numbers.
    public func addUpdates(rank: Int, strength: Double, using source: RandomSource) {
        transformer.addUpdates(rank: rank, strength: strength, using: source)
    }

    /// Whether encoder, codes and decoder stay as they are after so many images.
    public func hasSettled(after images: Int) -> Bool {
        settings.settlesAt >= 0 && images >= settings.settlesAt
    }

    /// −log p of the codes that were found in a step's pictures, in nats a code; what is asked for
    /// being left open now and then.
    ///
    /// - Precondition: the generator looked ahead at these pictures.
    public func nats(
        of real: LabelledPictures,
        beside replayed: (codes: Tensor, labels: Tensor)?,
        _ autocast: Autocast,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        guard let codes = ahead.codes else {
            preconditionFailure("no codes of pictures were found")
        }
        let labels = labelCount > 0 ? real.labels : nil
        guard let replayed, let labels else {
            return nats(of: codes, labels, autocast, images: images, using: source)
        }
        return nats(
            of: Tensor.concatenated([codes, replayed.codes]),
            Tensor.concatenated([labels, replayed.labels]),
            autocast,
            images: images,
            using: source
        )
    }

    private func nats(
        of codes: Tensor,
        _ labels: Tensor?,
        _ autocast: Autocast,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        let count = codes.size(0)
        var asked = prefix(labels, count: count)
        if settings.open > 0, labelCount > 0 {
            let isOpen = Tensor.bernoulli(
                [count, 1],
                probability: settings.open,
                device: asked.device,
                using: source
            )
            asked = isOpen.selecting(transformer.open(count), otherwise: asked)
        }
        let order = ShuffledPlaces.order(
            of: transformer.settings.places,
            share: settings.transformer.shuffled.value(at: images),
            after: images
        )
        return autocast { transformer.loss(asked, codes, inOrder: order) }.inFloat32()
    }

    /// log p of each code given those before it, or around it where they are drawn in steps.
    ///
    /// Shape: N×codes, and labels → N×codes.
    public func logProbabilities(of codes: Tensor, labels: Tensor?) -> Tensor {
        transformer(prefix(labels, count: codes.size(0)), codes).logProbability(of: codes)
    }

    /// Pictures made from their codes.
    public func remade(_ real: Tensor) -> Tensor { pictures(tokenizer.codes(of: real)) }

    /// How near pictures made from their codes are, and how well codes are foreseen.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        let codes = tokenizer.codes(of: real.pictures)
        let error = pictures(codes).inFloat32() - real.pictures
        let perPicture = error.squared().mean(over: [1, 2, 3])
        let asked = prefix(labelCount > 0 ? real.labels : nil, count: codes.size(0))
        return [
            ("Evaluation/psnr", SignalRatio.decibels(perPicture).mean().item()),
            ("Evaluation/nats_per_code", transformer.loss(asked, codes).item()),
        ]
    }
}
