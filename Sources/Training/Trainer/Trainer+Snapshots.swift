import Adversarial
import Foundation
import Neural
import Runs
import Torch

extension Trainer {
    /// Writes the generator for use, a grid of what it draws, and how its weights are spread.
    func snapshot(_ session: TrainingSession) throws {
        let images = session.state.images
        session.snapshotStep = session.state.step
        let file = folder.snapshot(images: images)
        let artist = session.program.artist
        let description = ModelDescription(
            recipe,
            artist.spec,
            classNames: session.state.classNames,
            images: images,
            text: session.data.loader.captions?.description
        )
        try artist.withBestGenerator { (generator) throws in
            try write(generator, description, to: file)
            try writeUpdates(of: generator, images: images)
        }
        if let critic = session.program.critic {
            let beside = RunFolder.critic(beside: file)
            try Safetensors.write(
                critic.state(),
                metadata: try CriticDescription(of: description, tasks: recipe.objective.tasks)
                    .metadata(),
                to: beside
            )
            tell.yield(.wrote(beside))
        }
        for (average, halfLife) in zip(
            artist.averages.dropFirst(),
            recipe.training.averageHalfLives.dropFirst()
        ) {
            try artist.withGenerator(of: average) { (generator) throws in
                try write(
                    generator,
                    description,
                    to: folder.snapshot(images: images, halfLife: halfLife)
                )
            }
        }
        let grid = folder.fakes(images: images)
        try session.recorder.picture(
            session.fixed.draw(artist),
            to: grid,
            tag: "fakes",
            step: session.state.step
        )
        tell.yield(.wrote(grid))
        try writeRestorations(session, after: images)
        guard recipe.snapshots.histograms else { return }
        try session.recorder.histograms(
            session.program.watched.flatMap { name, module in
                module.state().map { ("\(name)/\($0.name)", $0.tensor) }
            },
            step: session.state.step
        )
    }

    /// Writes how held-out pictures are restored, one picture a column.
    private func writeRestorations(_ session: TrainingSession, after images: Int) throws {
        guard let exam = session.exam else { return }
        let real = exam.pictures(0..<min(recipe.snapshots.columns, exam.count))
        let rows = session.program.restorations(of: real)
        guard let first = rows.first else { return }
        let file = folder.restored(images: images)
        try session.recorder.picture(
            FixedInputs.grid(Tensor.concatenated(rows), columns: first.size(0)),
            to: file,
            tag: "restored",
            step: session.state.step
        )
        tell.yield(.wrote(file))
    }

    private func write(
        _ generator: any Generator,
        _ description: ModelDescription,
        to file: URL
    ) throws {
        try Safetensors.write(
            generator.wholeState(),
            metadata: try description.metadata(),
            to: file
        )
        tell.yield(.wrote(file))
    }

    /// Writes what was added to the weights by itself: some hundredths of them.
    private func writeUpdates(of generator: any Generator, images: Int) throws {
        guard let start = recipe.start, let update = start.lowRank else { return }
        let file = folder.updates(images: images)
        try Safetensors.write(
            generator.updates.flatMap { name, layer in
                layer.update.map {
                    [("\(name).down", $0.down.detached()), ("\(name).up", $0.up.detached())]
                } ?? []
            },
            metadata: try UpdateDescription(start, update, recipe, images: images).metadata(),
            to: file
        )
        tell.yield(.wrote(file))
    }
}

extension ModelDescription {
    /// What the generator of a run is.
    init(
        _ recipe: Recipe,
        _ spec: ImageSpec,
        classNames: [String],
        images: Int,
        text: Text?
    ) {
        self.init(
            family: recipe.model.family,
            settings: recipe.model.settings,
            refiner: recipe.refiner,
            size: [spec.height, spec.width],
            channels: spec.channels,
            labels: spec.labels,
            labelKind: spec.labelKind.rawValue,
            recipe: recipe.name,
            set: recipe.data.set,
            images: images,
            distribution: recipe.model.distribution,
            classNames: classNames,
            text: text,
            wraps: spec.wraps ? .horizontally : nil
        )
    }
}
