import Adversarial
import Prompts
import Torch

/// Draws with a published BigGAN-deep: a whole picture in one step, of a class or of several in their shares.
struct BigGANSampler: ImageSampler {
    private let network: BigGANGenerator
    private let conditions: ModelConditions
    private let numbers: BigGANSpace

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    init(_ network: BigGANGenerator, _ conditions: ModelConditions) {
        (self.network, self.conditions) = (network, conditions)
        numbers = BigGANSpace(network: network, device: conditions.device)
    }

    /// One picture takes all of the processor already.
    let batch = 1
    var space: (any LatentSpace)? { numbers }
    var layered: (any LayeredGenerator)? { network }
    var missing: [ModelCapability: String] {
        var missing = OneStepSampler.missing(conditions)
        missing[.avoiding] = "it draws classes and avoids none"
        return missing
    }

    /// As its authors show it: good pictures that are less alike than at 0.2.
    var usual: SamplingOptions {
        var sampling = SamplingOptions()
        sampling.truncation = 0.4
        return sampling
    }

    var boldness: (values: [Double], change: (inout SamplingOptions, Double) -> Void) {
        ([0.2, 0.4, 0.6, 0.8, 1], { $0.truncation = $1 })
    }

    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions) {
        sampling.followTruncation(parameters)
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        let asked = try conditions.asked(batch.request, batch.indices)
        return BatchSampler(
            draw: {
                BatchSampler.Drawn(
                    pictures: numbers.drawn($0, asked.labels, batch.request.sampling)
                )
            },
            fastSample: nil,
            labels: asked.labels,
            names: asked.names
        )
    }
}

/// Latent numbers of a BigGAN-deep: normal ones here, for it without those beyond two deviations.
struct BigGANSpace: LatentSpace {
    let network: BigGANGenerator
    let device: Device

    var start: Tensor { Tensor.zeros([1, network.latentSize]).moved(to: device) }

    func drawn(_ latents: Tensor, _ labels: Tensor?, _ sampling: SamplingOptions) -> Tensor {
        network.pictures(
            of: BigGANGenerator.truncated(latents),
            labels: labels,
            truncation: sampling.truncation
        )
    }

    func drawn(at place: Tensor, _ labels: Tensor?) -> Tensor { network(place, labels: labels) }

    func varied(_ place: Tensor, by new: Tensor, _ share: Double, _ labels: Tensor?) -> Tensor {
        place * (1 - share * share).squareRoot() + new * share
    }

    func way(from first: Tensor, to second: Tensor, _ labels: Tensor?) -> (Tensor) -> Tensor {
        { network(GreatCircle.between(first, second, $0), labels: labels) }
    }
}
