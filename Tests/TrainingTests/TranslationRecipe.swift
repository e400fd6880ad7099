import Adversarial
import Runs
import Settings

/// A small recipe that translates pictures.
enum TranslationRecipe {
    /// With pairs, and pix2pix's numbers.
    static let text = """
        name: small-translation
        data: {set: mnist, size: [8, 8], channels: 3, pairs: {to: poster}}
        model:
          family: translation
          levels: 3
          width: 4
          judge: {width: 4, layers: 1, weight: 0.5}
        objective: {loss: binary-cross-entropy}
        optimizers:
          generator: {kind: adam, learning-rate: 2e-4, beta1: 0.5}
          discriminator: {kind: adam, learning-rate: 2e-4, beta1: 0.5}
        training: {epochs: 3, batch: 16}
        evaluation: {every-epochs: 1, batch: 16}
        snapshots: {grid: [2, 2]}
        """

    /// What a recipe says of the networks.
    static func settings(of recipe: Recipe) throws -> Translation.Settings {
        try SettingCoding.value(Translation.Settings.self, of: recipe.model.settings)
    }
}
