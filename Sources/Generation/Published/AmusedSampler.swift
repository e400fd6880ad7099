import Adversarial
import Autoregressive
import Checks
import Datasets
import Imaging
import Midjourney
import Prompts
import Torch

/// Draws with a published aMUSEd: all codes at once after a text, in a few steps, and the pictures of them.
struct AmusedSampler: ImageSampler, Infilling, NearDrawing, PartialRedrawing {
    private let network: AmusedGenerator
    private let conditions: ModelConditions
    private let prompt: CLIPPrompt

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What its weights say.
    ///   - prompt: How words are put to it.
    init(_ network: AmusedGenerator, _ conditions: ModelConditions, _ prompt: CLIPPrompt?) {
        guard let prompt else { preconditionFailure("an aMUSEd without its tokenizer") }
        (self.network, self.conditions, self.prompt) = (network, conditions, prompt)
    }

    /// One picture takes all of the processor already.
    let batch = 1
    let drawsCodes = true
    let takesText = true

    var infilling: (any Infilling)? { self }
    var near: (any NearDrawing)? { self }
    var partial: (any PartialRedrawing)? { self }

    var missing: [ModelCapability: String] {
        var missing = TokenImageSampler.missing
        missing[.stepping] = nil
        return missing
    }

    var usual: SamplingOptions {
        var sampling = SamplingOptions()
        sampling.guidance = 10
        return sampling
    }

    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions) {
        sampling.followCodes(parameters)
    }

    func isTooLong(_ text: String) -> Bool { prompt.isTooLong(text) }

    private func guided(_ request: DrawingRequest) -> AmusedTransformer.GuidedTexts {
        let shares = request.shares()
        return network.guided(
            shares.map { prompt.pieces(of: $0.text ?? "") },
            weights: shares.map(\.weight)
        )
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let guided = guided(batch.request)
        return BatchSampler(
            draw: {
                let found = drawn(guided, batch, by: network.uniforms(from: $0))
                return BatchSampler.Drawn(
                    pictures: network.pictures(found.codes),
                    likelihood: found.likelihood
                )
            },
            fastSample: nil,
            labels: nil,
            names: batch.indices.map { _ in nil }
        )
    }

    /// The codes of the one picture of a batch.
    private func drawn(
        _ guided: AmusedTransformer.GuidedTexts,
        _ batch: SampledBatch,
        from beginning: AmusedTransformer.Beginning? = nil,
        near nearness: Tensor? = nil,
        by chances: Tensor
    ) -> (codes: Tensor, likelihood: Tensor) {
        let sampling = batch.request.sampling.masked
        return network.transformer.drawn(
            guided,
            sampling,
            from: beginning,
            bias: nearness,
            by: chances,
            watch: { done, codes, _ in
                batch.watch(Double(done) / Double(sampling.steps))
                // Whoever looks counts the steps that are done.
                batch.look?([Tensor](repeating: codes, count: done))
            }
        )
    }

    func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        let found = network.similarities(to: pictures)
        return weights.indices.reduce(Tensor.zeros([1], device: pictures.device)) { sum, row in
            sum + found.sliced(row..<row + 1, along: 0) * weights[row]
        }
    }

    func drawn(near nearness: Tensor, _ batch: SampledBatch, by latents: Tensor) throws -> Tensor {
        network.pictures(
            drawn(guided(batch.request), batch, near: nearness, by: network.uniforms(from: latents))
                .codes
        )
    }

    func redrawn(
        _ picture: Tensor,
        strength: Double,
        _ batch: SampledBatch,
        by latents: Tensor
    ) throws -> Tensor {
        let chances = network.uniforms(from: latents)
        // The first step, whose chances say what is forgotten, is never drawn.
        let beginning = network.beginning(
            with: picture,
            strength: strength,
            batch.request.sampling.masked,
            by: chances.flattened().sliced(0..<network.transformer.settings.places, along: 0)
        )
        let found = drawn(guided(batch.request), batch, from: beginning, by: chances)
        return network.pictures(found.codes)
    }

    func filled(
        _ numbers: Tensor,
        visible: Tensor,
        _ request: DrawingRequest,
        _ index: Int,
        using source: RandomSource
    ) throws -> Tensor {
        network.infilled(
            numbers,
            visible: visible,
            guided(request),
            request.sampling.masked,
            by: .uniform([1, network.latentSize], device: conditions.device, using: source)
        )
    }

    /// Previews of what the picture would be if all were taken that is told after a step.
    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)? {
        let steps = sampling.masked.steps
        var stops: [Int: Int] = [:]
        for number in 1...previews.count {
            let step = Int(exactly: (previews.share(of: number) * Double(steps)).rounded())
            if let step, (1..<steps).contains(step) { stops[step] = number }
        }
        return { codes in
            guard let number = stops[codes.count], let last = codes.last else { return }
            let drawn = Picture.batch(of: network.pictures(last))
            for (index, picture) in zip(indices, drawn) { previews.show(index, number, picture) }
        }
    }
}

extension SamplingOptions {
    /// How codes become known.
    var masked: MaskedSampling {
        var masked = MaskedSampling()
        masked.codes = tokens
        masked.steps = min(steps ?? masked.steps, AmusedGenerator.mostSteps)
        return masked
    }
}
