import Adversarial
import Foundation
import Neural
import Runs
import Torch

extension Trainer {
    /// Writes the generator for use, a grid of what it draws, and how its weights are spread.
    func snapshot(_ sitting: Sitting) throws {
        let images = sitting.state.images
        sitting.snapshotStep = sitting.state.step
        let file = folder.snapshot(images: images)
        let players = sitting.players
        let description = ModelDescription(
            recipe,
            sitting.players,
            classNames: sitting.state.classNames,
            images: images
        )
        try players.withBestGenerator { (generator) throws in
            try write(generator, description, to: file)
        }
        for (average, halfLife) in zip(
            players.averages.dropFirst(),
            recipe.training.averageHalfLives.dropFirst()
        ) {
            try players.withGenerator(of: average) { (generator) throws in
                try write(
                    generator,
                    description,
                    to: folder.snapshot(images: images, halfLife: halfLife)
                )
            }
        }
        let grid = folder.fakes(images: images)
        try sitting.recorder.picture(
            sitting.fixed.draw(players),
            to: grid,
            tag: "fakes",
            step: sitting.state.step
        )
        tell.yield(.wrote(grid))
        guard recipe.snapshots.histograms else { return }
        try sitting.recorder.histograms(
            players.generator.state().map { ("G/\($0.name)", $0.tensor) }
                + players.discriminator.state().map { ("D/\($0.name)", $0.tensor) },
            step: sitting.state.step
        )
    }

    private func write(
        _ generator: any Generator,
        _ description: ModelDescription,
        to file: URL
    ) throws {
        try Safetensors.write(
            generator.state(),
            metadata: try description.metadata(),
            to: file
        )
        tell.yield(.wrote(file))
    }
}

extension ModelDescription {
    /// What the generator of a run is.
    init(_ recipe: Recipe, _ players: Players, classNames: [String], images: Int) {
        let subject = players.subject
        self.init(
            family: recipe.model.family,
            settings: recipe.model.settings,
            size: [subject.height, subject.width],
            channels: subject.channels,
            labels: subject.labels,
            labelKind: subject.labelKind.rawValue,
            recipe: recipe.name,
            set: recipe.data.set,
            images: images,
            distribution: recipe.model.distribution.rawValue,
            classNames: classNames
        )
    }
}
