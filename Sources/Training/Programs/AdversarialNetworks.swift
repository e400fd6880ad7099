import Adversarial
import Neural
import Optimizers
import Runs
import Settings
import Torch

/// Both networks of a game with everything that trains them.
final class AdversarialNetworks {
    let spec: ImageSpec
    let generator: any Generator
    let discriminator: any Discriminator
    let objective: Objective
    /// One for each part of the generator that learns at rates of its own.
    let generatorOptimizers: [Optimizer]
    let discriminatorOptimizer: Optimizer
    let latents: LatentSource
    /// The networks whose classes must not be forgotten.
    let teacher: Teacher?
    /// What was taken from trained networks.
    let transferred: [TransferReport]
    /// What the objective's parts leave to chance.
    let chance: RandomSource
    /// All streams of random numbers that training draws from.
    let sources: [String: RandomSource]

    /// New players: every random number comes from a stream of the recipe's seed.
    ///
    /// - Throws: `SettingProblem` for settings that were not checked.
    init(
        _ recipe: Recipe,
        spec: ImageSpec,
        device: Device,
        transfer: Transfer? = nil,
        keptClasses: Int = 0
    ) throws {
        self.spec = spec
        func stream(_ purpose: String) -> RandomSource {
            RandomSource(seed: recipe.seed, purpose: purpose)
        }
        let dropout = stream("dropout")
        let generatorChance = stream("generator-chance")
        chance = stream("objective")
        let family = ModelFamily.family(of: recipe)
        let drafter = family.generator(
            recipe.model.settings,
            for: spec,
            using: NetworkStreams(weights: stream("generator"), chance: generatorChance)
        )
        if let update = recipe.start?.lowRank {
            drafter.staged?.addUpdates(
                rank: update.rank,
                strength: update.strength,
                using: stream("updates")
            )
        }
        discriminator = family.discriminator(
            recipe.model.settings,
            for: spec,
            using: NetworkStreams(weights: stream("discriminator"), chance: dropout)
        )
        transferred = try transfer?.apply(to: drafter, discriminator) ?? []
        try AdversarialNetworks.teachCodes(drafter, recipe, spec, on: device)
        let refinerChance = stream("refiner")
        generator =
            RecipeNetworks.refined(drafter, recipe, spec, using: refinerChance) ?? drafter
        let start = recipe.start.flatMap { $0.keepsClasses ? $0 : nil }
        teacher = start.map { Teacher(recipe, start: $0, classes: keptClasses) }
        if let transfer, let start { try teacher?.learn(transfer.source, from: start.from) }
        let guardian = try recipe.objective.penalties.map { try Guardian($0, for: spec) }
        let others = [teacher as (any Regulariser)?, guardian].compactMap { $0 }
        objective = try Objective(
            recipe.objective,
            judging: discriminator,
            spec: spec,
            using: NetworkStreams(weights: stream("tasks"), chance: chance),
            beside: others
        )
        generator.move(to: device)
        discriminator.move(to: device)
        for (_, module) in objective.modules { module.move(to: device) }
        let trained = Transfer.trained(
            discriminator,
            freezing: recipe.start?.freezeDiscriminator ?? 0
        )
        generatorOptimizers = generator.parameterGroups.enumerated().map { index, learner in
            AdversarialNetworks.optimizer(
                index == 0 ? recipe.optimizers.generator : recipe.autoregressiveOptimizer,
                AdversarialNetworks.learned(learner),
                of: learner
            )
        }
        discriminatorOptimizer = AdversarialNetworks.optimizer(
            recipe.optimizers.discriminator,
            discriminator.members.parameters.filter { trained.contains($0.name) }
                + objective.parameters,
            of: discriminator
        )
        latents = LatentSource(
            size: generator.latentSize,
            distribution: recipe.model.distribution,
            using: stream("latents")
        )
        sources = [
            "dropout": dropout, "latents": latents.source, "objective": chance,
            "generator-chance": generatorChance, "refiner": refinerChance,
        ]
    }

    /// What of a network learns: updates alone, where there are any.
    private static func learned(_ network: Module) -> [(name: String, parameter: Parameter)] {
        let updates = network.updates.map { "\($0.name).update." }
        guard !updates.isEmpty else { return network.members.parameters }
        return network.members.parameters.filter { name, _ in
            updates.contains(where: name.hasPrefix)
        }
    }

    /// An optimizer as a recipe has it, of parameters of a network, and of others beside them.
    static func optimizer(
        _ recipe: OptimizerSettings,
        _ parameters: [(name: String, parameter: Parameter)],
        of network: Module
    ) -> Optimizer {
        let inner = network.innerWeights
        let decays = recipe.kind == .adamw || recipe.kind == .muon
        let optimizer = Optimizer(recipe.rule, for: parameters) { name, weight in
            var options = decays ? .decayingWeightsOnly(name, weight) : ParameterOptions()
            options.isInner = inner.contains(name)
            return options
        }
        optimizer.gradientLimit = recipe.clipNorm > 0 ? recipe.clipNorm : nil
        return optimizer
    }
}
