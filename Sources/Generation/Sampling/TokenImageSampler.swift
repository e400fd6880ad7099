import Adversarial
import Autoregressive
import Datasets
import Imaging
import Midjourney
import Prompts
import Torch

/// Draws codes after a text or a class, and the pictures of them.
struct TokenImageSampler: ImageSampler, Infilling, NearDrawing {
    private let network: any CodeGenerator
    private let conditions: ModelConditions
    let tokens: TokenGenerator?

    /// For a model of ours.
    ///
    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    init(_ network: TokenGenerator, _ conditions: ModelConditions) {
        (self.network, tokens, self.conditions) = (network, network, conditions)
    }

    /// For a published model of classes.
    ///
    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    init(_ network: LlamaGenGenerator, _ conditions: ModelConditions) {
        (self.network, tokens, self.conditions) = (network, nil, conditions)
    }

    let batch = 4
    /// Steps of narrow networks are too small to share: threads that wait for each other lose much more beside other
    /// programs than they gain.
    var threads: Int? { network.transformer.settings.width < 512 ? 1 : nil }
    let drawsCodes = true
    var takesText: Bool { conditions.textRows != nil }
    var infilling: (any Infilling)? { self }
    var panoramas: (any PanoramaDrawing)? {
        tokens.map { TokenPanoramas(network: $0, conditions: conditions) }
    }
    var near: (any NearDrawing)? { self }

    var missing: [ModelCapability: String] {
        var missing = TokenImageSampler.missing
        if network.transformer.settings.order == .masked { missing[.stepping] = nil }
        if usual.guidance == 1 { missing[.stylizing] = "it is asked without guidance" }
        return missing
    }

    /// What no network can do that draws codes.
    static let missing: [ModelCapability: String] = [
        .truncation: "it has no mean picture",
        .styles: ModelConditions.noStyles,
        .projection: "it draws pictures that have codes of their own",
        .exploring: "it draws piece by piece",
        .placing: ModelConditions.noPlaces,
        .stepping: ModelConditions.noSteps,
    ]

    var usual: SamplingOptions {
        var sampling = SamplingOptions()
        if conditions.textRows != nil {
            (sampling.guidance, sampling.temperature, sampling.topP) = (2, 0.85, 0.95)
        }
        // As LlamaGen's authors show it.
        if tokens == nil { sampling.guidance = 4 }
        return sampling
    }

    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions) {
        sampling.followCodes(parameters)
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let condition = try conditions.condition(
            batch.request,
            for: batch.indices,
            of: network.transformer
        )
        let length = Double(network.transformer.settings.length)
        let classes = try conditions.classes(batch.request, for: batch.indices)
        return BatchSampler(
            draw: { latents in
                let found = network.transformer.drawn(
                    condition,
                    batch.request.sampling.tokens,
                    by: network.uniforms(from: latents),
                    tellsFitness: batch.request.sampling.quality > 1,
                    watch: { codes in
                        batch.watch(Double(codes.count) / length)
                        batch.look?(codes)
                    }
                )
                return BatchSampler.Drawn(
                    pictures: network.pictures(found.codes),
                    likelihood: found.likelihood,
                    fitness: found.fitness
                )
            },
            fastSample: nil,
            labels: classes.map { Tensor($0).moved(to: conditions.device) },
            names: classes?.map(conditions.className) ?? batch.indices.map { _ in nil },
            knowsFitness: condition.hasContrast
        )
    }

    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)? {
        let settings = network.transformer.settings
        let rows = Tensor(indices.map { $0 - first }).moved(to: conditions.device)
        return previews.watch(
            places: settings.places,
            codesPerPlace: settings.groups,
            of: indices,
            rows: { $0.selected(at: rows) },
            empty: { network.codes(of: conditions.emptyPicture) },
            pictures: network.pictures
        )
    }

    func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        network.nearness(to: pictures, weights: weights)
    }

    func drawn(near nearness: Tensor, _ batch: SampledBatch, by latents: Tensor) throws -> Tensor {
        let length = Double(network.transformer.settings.length)
        let found = network.transformer.drawn(
            try conditions.condition(batch.request, for: batch.indices, of: network.transformer),
            batch.request.sampling.tokens,
            bias: nearness.expanded([batch.indices.count] + nearness.shape.dropFirst()),
            by: network.uniforms(from: latents),
            watch: { codes in
                batch.watch(Double(codes.count) / length)
                batch.look?(codes)
            }
        )
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
            try conditions.condition(request, for: index..<index + 1, of: network.transformer),
            request.sampling.tokens,
            by: .uniform([1, 4, network.latentSize], device: conditions.device, using: source)
        )
    }
}

extension SamplingOptions {
    /// How codes are chosen.
    var tokens: TokenSampling {
        var tokens = TokenSampling()
        tokens.temperature = temperature ?? 1
        tokens.topP = topP
        tokens.sampledFraction = sampledFraction
        tokens.steps = steps
        return tokens
    }
}
