import Adversarial
import Midjourney
import Prompts
import Torch

/// Draws pixels one after the other, after a draft or alone.
struct PixelSampler: ImageSampler {
    private let network: any PixelByPixel
    private let conditions: ModelConditions
    let infilling: (any Infilling)?

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    ///   - restorer: The network, where it draws what pictures hide.
    init(
        _ network: any PixelByPixel,
        _ conditions: ModelConditions,
        restorer: (any Restorer)?
    ) {
        (self.network, self.conditions) = (network, conditions)
        infilling = restorer.map { RestorerInfilling(restorer: $0, conditions: conditions) }
    }

    let batch = 8

    var missing: [ModelCapability: String] {
        let piece = "it draws piece by piece"
        var missing: [ModelCapability: String] = [
            .guidance: piece, .projection: piece, .exploring: piece,
            .stopping: "it can draw less only by leaving pixels out",
        ]
        missing.merge(conditions.missingWithoutCodes) { own, _ in own }
        if network.draftSize == 0 {
            missing[.truncation] = "it has no mean picture"
            missing[.stylizing] = "it has no mean picture"
        }
        if infilling == nil { missing[.infilling] = "it sees no picture that it goes on from" }
        return missing
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let classes = try conditions.classes(of: batch.request, batch.indices)
        let labels = conditions.labels(classes)
        let sampling = batch.request.sampling
        let hasDraft = network.draftSize > 0
        return BatchSampler(
            draw: { latents in
                let drawn = network.drawn(
                    truncated(latents, sampling),
                    labels: labels,
                    temperature: sampling.temperature ?? 1
                )
                return BatchSampler.Drawn(pictures: drawn.converted(to: .float32))
            },
            fastSample: hasDraft
                ? { latents in
                    let near = truncated(latents, sampling)
                    return network.fastSample(near, labels: labels) ?? network(near, labels: labels)
                } : nil,
            labels: labels,
            names: classes.map { labels == nil ? nil : conditions.className($0) }
        )
    }

    /// Latent numbers whose draft is nearer to the mean one.
    private func truncated(_ latents: Tensor, _ sampling: SamplingOptions) -> Tensor {
        guard sampling.truncation != 1 else { return latents }
        let parts = latents.split(
            [network.draftSize, network.latentSize - network.draftSize],
            along: 1
        )
        return Tensor.concatenated([parts[0] * sampling.truncation, parts[1]], along: 1)
    }
}

/// Draws what a mask hides, by a network that takes classes.
struct RestorerInfilling: Infilling {
    let restorer: any Restorer
    let conditions: ModelConditions

    func filled(
        _ numbers: Tensor,
        visible: Tensor,
        _ request: DrawingRequest,
        _ index: Int,
        using source: RandomSource
    ) throws -> Tensor {
        let labels = conditions.labels(try conditions.classes(of: request, index..<index + 1))
        return restorer.restored(numbers, visible: visible, labels: labels, using: source)
    }
}
