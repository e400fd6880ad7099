import Adversarial
import Foundation
import Neural
import Runs
import Testing
import Torch

/// The generator of a snapshot of a DCGAN, in use, and what the file says of it.
func generator(
    ofSnapshot file: URL
) throws -> (network: DCGANGenerator, description: ModelDescription) {
    let (tensors, metadata) = try Safetensors.read(from: file)
    let description = try #require(try ModelDescription(metadata: metadata))
    let network = DCGANGenerator(
        try description.decoded(DCGANConfiguration.self),
        using: RandomSource(seed: 0)
    )
    try network.load(state: tensors)
    network.setTraining(false)
    return (network, description)
}
