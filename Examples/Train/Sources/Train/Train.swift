import Foundation
import Generation
import Imaging
import Runs
import Training

/// Trains a recipe of its own on a folder of pictures, and draws from what it learned.
///
///     swift run -c release Train FOLDER [MINUTES]
@main enum Train {
    /// A small DCGAN; each key is explained in docs/recipes.md.
    static let recipe = """
        name: small
        data: {set: folder, size: [32, 32], channels: 3}
        model: {family: dcgan, latent: 64}
        objective: {loss: hinge, regularisers: {r1: {weight: 1}}}
        optimizers:
          generator: {kind: adam, learning-rate: 2e-4, beta1: 0.5}
          discriminator: {kind: adam, learning-rate: 2e-4, beta1: 0.5}
        training: {epochs: 1000, batch: 8, average-half-lives: [500]}
        """

    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard let folder = words.first else {
            print("usage: Train FOLDER [MINUTES]")
            exit(2)
        }
        let place = FileManager.default.temporaryDirectory.appending(path: "small.yaml")
        try Data(recipe.utf8).write(to: place)

        var options = TrainerOptions()
        options.root = URL(filePath: "runs", directoryHint: .isDirectory)
        options.dataPath = folder
        options.minutes = words.count > 1 ? Double(words[1]) ?? 1 : 1
        let trainer = try Trainer(Recipe.load(place.path), options: options, stop: StopRequest())
        _ = try await trainer.run()

        let model = try GeneratorModel(contentsOf: trainer.folder.url)
        let drawings = try model.draw(model.request(seed: 1, indices: Array(0..<16)))
        try Picture.grid(drawings.map(\.picture)).write(to: URL(filePath: "small.png"))
        print("\(drawings.count) pictures in small.png, from \(trainer.folder.url.path)")
    }
}
