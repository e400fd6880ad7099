import Adversarial
import Foundation
import Neural
import Runs
import Testing
import Torch

/// The generator of a snapshot, in use, and what the file says of it.
func generator(
    ofSnapshot file: URL
) throws -> (network: any Generator, description: ModelDescription) {
    let (tensors, metadata) = try Safetensors.read(from: file)
    let description = try #require(try ModelDescription(metadata: metadata))
    let family = try #require(ModelFamily.registry[description.family])
    let network = family.generator(
        description.settings,
        for: try #require(ImageSpec(description)),
        using: NetworkStreams(weights: RandomSource(seed: 0), chance: RandomSource(seed: 0))
    )
    try network.load(state: tensors)
    network.setTraining(false)
    return (network, description)
}
