import Adversarial
import Checks
import Midjourney
import Neural
import Runs
import Torch

/// Builds what a recipe describes.
enum RecipeNetworks {
    /// What a recipe trains.
    ///
    /// - Throws: `SettingProblem` for settings that were not checked.
    static func program(
        _ recipe: Recipe,
        spec: ImageSpec,
        device: Device,
        transfer: Transfer? = nil,
        keptClasses: Int = 0
    ) throws -> any TrainingProgram {
        switch recipe.traits.training {
        case .likelihood: return LikelihoodTraining(recipe, spec: spec, device: device)
        case .translation: return TranslationTraining(recipe, spec: spec, device: device)
        case .adversarial: break
        }
        let players = try AdversarialNetworks(
            recipe,
            spec: spec,
            device: device,
            transfer: transfer,
            keptClasses: keptClasses
        )
        if let reward = recipe.objective.reward, let tokens = players.generator.staged {
            return try RewardTraining(recipe, players, tokens, by: reward, device: device)
        }
        return players.generator.staged.map { TokenTraining(recipe, players, $0) }
            ?? AdversarialTraining(recipe, players)
    }

    /// The drafter with what draws its drafts again; nothing where nothing does.
    static func refined(
        _ drafter: any Generator,
        _ recipe: Recipe,
        _ spec: ImageSpec,
        using source: RandomSource
    ) -> RefinedGenerator? {
        recipe.refiner.map { settings in
            RefinedGenerator(
                drafter,
                settings,
                for: spec,
                distribution: recipe.model.distribution,
                using: source
            )
        }
    }

    /// The shorter type of the heavy operations; nothing for full precision.
    ///
    /// - Precondition: `auto` is decided.
    static func precision(_ precision: Recipe.Training.Precision) -> DType? {
        switch precision {
        case .float32: nil
        case .bfloat16: .bfloat16
        case .auto: preconditionFailure("precision auto was not decided before training")
        }
    }
}
