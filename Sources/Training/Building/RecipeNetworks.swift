import Adversarial
import Checks
import Midjourney
import Neural
import Optimizers
import Runs
import Torch

/// Builds what a recipe describes.
enum RecipeNetworks {
    /// The rule that an optimizer follows.
    static func optimizer(_ recipe: Recipe.Optimizer) -> OptimizerConfiguration {
        switch recipe.kind {
        case .adam:
            .adam(
                Adam(
                    learningRate: recipe.learningRate,
                    beta1: recipe.beta1,
                    beta2: recipe.beta2.from,
                    epsilon: recipe.epsilon,
                    weightDecay: recipe.weightDecay,
                    epsilonPlacement: placement(recipe)
                )
            )
        case .adamw:
            .adamw(
                AdamW(
                    learningRate: recipe.learningRate,
                    beta1: recipe.beta1,
                    beta2: recipe.beta2.from,
                    epsilon: recipe.epsilon,
                    weightDecay: recipe.weightDecay,
                    epsilonPlacement: placement(recipe)
                )
            )
        case .adafactor:
            // One rate for all weights and steps: the players' balance must not drift.
            .adafactor(
                Adafactor(
                    learningRate: recipe.learningRate,
                    shrinksWithTime: false,
                    scalesByParameter: false,
                    weightDecay: recipe.weightDecay
                )
            )
        case .sgd:
            .sgd(
                SGD(
                    learningRate: recipe.learningRate,
                    momentum: recipe.momentum,
                    weightDecay: recipe.weightDecay
                )
            )
        case .rmsprop:
            .rmsprop(
                RMSprop(
                    learningRate: recipe.learningRate,
                    alpha: recipe.beta2.from,
                    epsilon: recipe.epsilon,
                    momentum: recipe.momentum,
                    weightDecay: recipe.weightDecay
                )
            )
        }
    }

    private static func placement(_ recipe: Recipe.Optimizer) -> EpsilonPlacement {
        recipe.epsilonPlacement == .corrected ? .corrected : .uncorrected
    }

    /// How the learning rate's factor changes with the images seen.
    static func schedule(_ recipe: Recipe.Schedule, totalImages: Int) -> Schedule {
        let total = Double(recipe.totalImages > 0 ? recipe.totalImages : totalImages)
        let start = Double(recipe.warmupImages)
        let length = max(total - start, 1)
        let shape: Schedule =
            switch recipe.kind {
            case .constant: .constant(value: 1)
            case .linear: .linear(from: 1, to: recipe.final, over: length)
            case .cosine: .cosine(from: 1, to: recipe.final, over: length)
            case .exponential: .exponential(from: 1, factor: recipe.final, every: length)
            case .step: .step(from: 1, factor: recipe.factor, every: Double(recipe.stepImages))
            }
        return recipe.warmupImages > 0 ? .warmUp(from: 0, over: start, then: shape) : shape
    }

    /// What a recipe trains.
    ///
    /// - Throws: `SettingProblem` for settings that were not checked.
    static func program(
        _ recipe: Recipe,
        subject: Subject,
        device: Device,
        transfer: Transfer? = nil,
        keptClasses: Int = 0
    ) throws -> any TrainingProgram {
        guard recipe.traits.training == .adversarial else {
            return LikelihoodTraining(recipe, subject: subject, device: device)
        }
        let players = try Players(
            recipe,
            subject: subject,
            device: device,
            transfer: transfer,
            keptClasses: keptClasses
        )
        return players.generator.staged.map { TokenTraining(recipe, players, $0) }
            ?? AdversarialTraining(recipe, players)
    }

    /// The drafter with what draws its drafts again; nothing where nothing does.
    static func refined(
        _ drafter: any Generator,
        _ recipe: Recipe,
        _ subject: Subject,
        using source: RandomSource
    ) -> RefinedGenerator? {
        recipe.refiner.map { settings in
            RefinedGenerator(
                drafter,
                settings,
                for: subject,
                distribution: recipe.model.distribution,
                using: source
            )
        }
    }

    /// What latent numbers are drawn from.
    static func distribution(_ recipe: Recipe) -> LatentSource.Distribution {
        recipe.model.distribution == .normal ? .normal : .uniform
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
