import Adversarial
import Autoregressive
import Datasets
import Imaging
import Midjourney
import Prompts
import Torch

/// Draws codes after a text or a class, and the pictures of them.
struct TokenImageSampler: ImageSampler, Infilling, PanoramaDrawing, NearDrawing {
    private let network: TokenGenerator
    private let conditions: ModelConditions

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    init(_ network: TokenGenerator, _ conditions: ModelConditions) {
        (self.network, self.conditions) = (network, conditions)
    }

    let batch = 4
    /// Steps are too small to share, and threads that wait for each other lose much more beside other programs than
    /// they gain.
    let threads: Int? = 1
    let drawsCodes = true
    var takesText: Bool { conditions.textRows != nil }
    var tokens: TokenGenerator? { network }
    var infilling: (any Infilling)? { self }
    var panoramas: (any PanoramaDrawing)? { self }
    var near: (any NearDrawing)? { self }

    var missing: [ModelCapability: String] {
        var missing = TokenImageSampler.missing
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

    var usual: DrawingManner {
        var manner = DrawingManner()
        if conditions.textRows != nil {
            (manner.guidance, manner.temperature, manner.topP) = (2, 0.85, 0.95)
        }
        return manner
    }

    func follow(_ parameters: PromptParameters, _ manner: inout DrawingManner) {
        manner.followCodes(parameters)
    }

    func artist(for batch: SampledBatch) throws -> Artist {
        let wish = try conditions.wish(batch.request, for: batch.indices, of: network.transformer)
        let length = Double(network.transformer.settings.length)
        let classes = try conditions.classes(batch.request, for: batch.indices)
        return Artist(
            draw: { latents in
                let found = network.transformer.drawn(
                    wish,
                    batch.request.manner.sampling,
                    by: network.chances(latents),
                    watch: { codes in
                        batch.watch(Double(codes.count) / length)
                        batch.look?(codes)
                    }
                )
                return (network.pictures(found.codes), found.likelihood)
            },
            sketch: nil,
            labels: classes.map { Tensor($0).moved(to: conditions.device) },
            names: classes?.map(conditions.className) ?? batch.indices.map { _ in nil }
        )
    }

    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ manner: DrawingManner
    ) -> (([Tensor]) -> Void)? {
        let settings = network.transformer.settings
        let rows = Tensor(indices.map { $0 - first }).moved(to: conditions.device)
        return previews.watch(
            places: settings.places,
            codesPerPlace: settings.groups,
            of: indices,
            rows: { $0.selected(at: rows) },
            empty: { network.tokenizer.codes(of: conditions.emptyPicture) },
            pictures: network.pictures
        )
    }

    func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        network.nearness(to: pictures, weights: weights)
    }

    func drawn(near nearness: Tensor, _ batch: SampledBatch, by latents: Tensor) throws -> Tensor {
        let length = Double(network.transformer.settings.length)
        let found = network.transformer.drawn(
            try conditions.wish(batch.request, for: batch.indices, of: network.transformer),
            batch.request.manner.sampling,
            bias: nearness.expanded([batch.indices.count] + nearness.shape.dropFirst()),
            by: network.chances(latents),
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
            try conditions.wish(request, for: index..<index + 1, of: network.transformer),
            request.manner.sampling,
            by: .uniform([1, 4, network.latentSize], device: conditions.device, using: source)
        )
    }

    func panorama(
        from numbers: Tensor,
        _ request: DrawingRequest,
        _ index: Int
    ) throws -> Tensor {
        network.panorama(
            from: numbers,
            try conditions.wish(request, for: index..<index + 1, of: network.transformer),
            request.manner.sampling
        ) { turn in
            // Each window of a picture has chances of its own.
            let stream = UInt64(index) + UInt64(turn) << 40
            let source = RandomSource(seed: request.seed, stream: stream)
            return .uniform([1, 4, network.latentSize], device: conditions.device, using: source)
        }
    }
}

extension DrawingManner {
    /// How codes are chosen.
    var sampling: TokenSampling {
        var sampling = TokenSampling()
        sampling.temperature = temperature ?? 1
        sampling.topP = topP
        sampling.chanceShare = chanceShare
        return sampling
    }
}
