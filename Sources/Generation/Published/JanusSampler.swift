import Adversarial
import Autoregressive
import Checks
import Midjourney
import Prompts
import Torch

/// Draws with a published Janus: codes after a text, and the pictures of them.
struct JanusSampler: ImageSampler, Infilling, NearDrawing {
    private let network: JanusGenerator
    private let conditions: ModelConditions
    private let prompt: JanusPrompt

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What its weights say.
    ///   - prompt: How words are put to it.
    init(_ network: JanusGenerator, _ conditions: ModelConditions, _ prompt: JanusPrompt?) {
        guard let prompt else { preconditionFailure("a Janus without its tokenizer") }
        (self.network, self.conditions, self.prompt) = (network, conditions, prompt)
    }

    let batch = 4
    let drawsCodes = true
    let takesText = true

    var infilling: (any Infilling)? { self }
    var near: (any NearDrawing)? { self }

    var missing: [ModelCapability: String] { TokenImageSampler.missing }

    var usual: SamplingOptions {
        var sampling = SamplingOptions()
        sampling.guidance = 5
        return sampling
    }

    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions) {
        sampling.followCodes(parameters)
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let guided = try prompt.guided(batch.request)
        return BatchSampler(
            draw: { drawn(guided, batch, by: $0) },
            fastSample: nil,
            labels: nil,
            names: batch.indices.map { _ in nil }
        )
    }

    /// Draws those of a batch that are wanted alone, each the same beside any others; the others show nothing.
    private func drawn(
        _ guided: JanusTransformer.GuidedTexts,
        _ batch: SampledBatch,
        near nearness: Tensor? = nil,
        by latents: Tensor
    ) -> BatchSampler.Drawn {
        let wanted = batch.indices.filter(batch.request.indices.contains)
            .map { $0 - batch.indices.lowerBound }
        let device = conditions.device
        let back = Tensor(
            (0..<batch.indices.count).map { wanted.firstIndex(of: $0) ?? wanted.count }
        ).moved(to: device)
        let length = Double(network.transformer.settings.places)
        let found = network.transformer.drawn(
            guided,
            batch.request.sampling.tokens,
            bias: nearness.map { $0.expanded([wanted.count] + $0.shape.dropFirst()) },
            by: network.uniforms(from: latents.selected(at: Tensor(wanted).moved(to: device))),
            watch: { codes in
                batch.watch(Double(codes.count) / length)
                batch.look?(codes)
            }
        )
        /// Rows of those that are wanted at their places among all, zeros for the others.
        func spread(_ rows: Tensor) -> Tensor {
            let empty = Tensor.zeros([1] + rows.shape.dropFirst(), device: device)
            return Tensor.concatenated([rows, empty]).selected(at: back)
        }
        return BatchSampler.Drawn(
            pictures: spread(network.pictures(found.codes)),
            likelihood: spread(found.likelihood)
        )
    }

    func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        let found = network.tokenizer.similarities(to: pictures)
        return weights.indices.reduce(Tensor.zeros([1], device: pictures.device)) { sum, row in
            sum + found.sliced(row..<row + 1, along: 0) * weights[row]
        }
    }

    func drawn(near nearness: Tensor, _ batch: SampledBatch, by latents: Tensor) throws -> Tensor {
        drawn(try prompt.guided(batch.request), batch, near: nearness, by: latents).pictures
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
            try prompt.guided(request),
            request.sampling.tokens,
            by: .uniform([4, network.latentSize], device: conditions.device, using: source)
        )
    }

    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)? {
        previews.watch(
            places: network.transformer.settings.places,
            codesPerPlace: 1,
            of: indices,
            rows: { $0 },
            empty: { network.tokenizer.codes(of: conditions.emptyPicture) },
            pictures: network.pictures
        )
    }
}
