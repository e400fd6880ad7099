import Adversarial
import Foundation
import Midjourney
import Runs
import Torch
import Training

/// Registers an adversarial loss of its own and trains one of the bundled recipes with it.
///
///     swift run -c release Loss [FOLDER] [MINUTES]
@main enum Loss {
    /// Least squares with targets 1 and −1 for the discriminator, 0 for the generator.
    ///
    /// Source: Mao et al., "Least squares generative adversarial networks", 2017, equation 8.
    static let centred = AdversarialLoss(
        "centred",
        discriminator: { real, fake, _ in
            ((real - 1).squared().mean() + (fake + 1).squared().mean()) / 2
        },
        generator: { fake, _ in fake.squared().mean() / 2 }
    )

    static func main() async throws {
        AdversarialLoss.registry.add(centred)

        let words = Array(CommandLine.arguments.dropFirst())
        var changes = ["objective.loss=centred", "training.epochs=1000"]
        var options = TrainerOptions()
        if let folder = words.first, !folder.isEmpty {
            changes.append("data.set=folder")
            options.dataPath = folder
        }
        options.minutes = words.count > 1 ? Double(words[1]) ?? 1 : 1
        let recipe = try Recipe.load("seed-dcgan-emoji", overrides: changes)
        let trainer = try Trainer(recipe, options: options, stop: StopRequest())
        let end = try await trainer.run()
        print("\(end.images) pictures shown, \(trainer.folder.url.path)")
    }
}
