import Adversarial
import Checks
import Midjourney
import Prompts
import Torch

/// Draws with a published Janus: codes after a text, and the pictures of them.
struct JanusSampler: ImageSampler {
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

    var missing: [ModelCapability: String] {
        var missing = TokenImageSampler.missing
        missing[.infilling] = "it cannot go on from what is there"
        missing[.continuing] = "it cannot go on from what is there"
        return missing
    }

    var usual: DrawingManner {
        var manner = DrawingManner()
        manner.guidance = 5
        return manner
    }

    func follow(_ parameters: PromptParameters, _ manner: inout DrawingManner) {
        manner.followCodes(parameters)
    }

    /// Draws those of a batch that are wanted alone, each the same beside any others.
    func artist(for batch: SampledBatch) throws -> Artist {
        let wish = try prompt.wish(batch.request)
        let wanted = batch.indices.filter(batch.request.indices.contains)
            .map { $0 - batch.indices.lowerBound }
        let device = conditions.device
        let places = Tensor(wanted).moved(to: device)
        let back = Tensor(
            (0..<batch.indices.count).map { wanted.firstIndex(of: $0) ?? wanted.count }
        ).moved(to: device)
        let length = Double(network.transformer.settings.places)
        /// Rows of those that are wanted at their places among all, zeros for the others.
        func spread(_ rows: Tensor) -> Tensor {
            let empty = Tensor.zeros([1] + rows.shape.dropFirst(), device: device)
            return Tensor.concatenated([rows, empty]).selected(at: back)
        }
        return Artist(
            draw: { latents in
                let found = network.transformer.drawn(
                    wish,
                    batch.request.manner.sampling,
                    by: network.chances(latents.selected(at: places)),
                    watch: { codes in
                        batch.watch(Double(codes.count) / length)
                        batch.look?(codes)
                    }
                )
                return (spread(network.pictures(found.codes)), spread(found.likelihood))
            },
            sketch: nil,
            labels: nil,
            names: batch.indices.map { _ in nil }
        )
    }

    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int
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
