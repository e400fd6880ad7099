import Foundation
import Runs
import Torch

extension Trainer {
    /// Writes the generator for use, a grid of what it draws, and how its weights are spread.
    func snapshot(_ sitting: Sitting) throws {
        let images = sitting.state.images
        sitting.snapshotStep = sitting.state.step
        let file = folder.snapshot(images: images)
        let players = sitting.players
        let tensors =
            players.average?.tensors ?? players.generator.state().map { ($0.name, $0.tensor) }
        let description = try ModelDescription(
            family: "dcgan",
            configuration: players.configuration,
            recipe: recipe.name,
            set: recipe.data.set,
            images: images,
            distribution: recipe.model.distribution.rawValue,
            classNames: players.configuration.classes > 0 ? sitting.data.training.classNames : []
        )
        try Safetensors.write(
            tensors.map { ($0.name, $0.tensor) },
            metadata: try description.metadata(),
            to: file
        )
        tell.yield(.wrote(file))
        let grid = folder.fakes(images: images)
        try sitting.recorder.picture(
            sitting.fixed.draw(players),
            to: grid,
            tag: "fakes",
            step: sitting.state.step
        )
        tell.yield(.wrote(grid))
        try sitting.recorder.histograms(
            players.generator.state().map { ("G/\($0.name)", $0.tensor) }
                + players.discriminator.state().map { ("D/\($0.name)", $0.tensor) },
            step: sitting.state.step
        )
    }
}
