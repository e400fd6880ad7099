import Adversarial
import Neural
import Optimizers
import Runs
import Torch

/// How much either player of a game could still gain alone: what the discriminator makes of the present drawings after learning
/// to judge them, less what the present discriminator makes of a generator that learned to deceive it.
///
/// It is 0 where neither can gain anything, and large where drawings have collapsed or one player has lost, whatever the losses
/// say. Both learn by the recipe's optimizers and the adversarial loss alone; afterwards all is as it was.
///
/// Source: Grnarova et al., "A domain agnostic measure for monitoring and evaluating GANs", NeurIPS 2019.
struct DualityGap {
    private let players: AdversarialNetworks
    private let recipe: Recipe
    /// Turns that the one or the other learns alone.
    private let turns: Int

    /// A gap that is measured in so many turns.
    init(_ players: AdversarialNetworks, _ recipe: Recipe, turns: Int) {
        (self.players, self.recipe, self.turns) = (players, recipe, turns)
    }

    /// The gap on held-out pictures: the first half of them is learned from, the other looked at.
    ///
    /// - Parameter batches: Some; with one alone it serves for both.
    /// - Returns: The gap; nothing without pictures.
    func measured(on batches: [LabelledPictures]) -> Double? {
        guard !batches.isEmpty else { return nil }
        let half = max(batches.count / 2, 1)
        let learned = Array(batches[..<half])
        let shown = batches.count > half ? Array(batches[half...]) : learned
        let best = after(learned) {
            $0.judges(like: $1, $2)
        } value: {
            $0.loss(shown)
        }
        let deceived = after(learned) {
            $0.draws(like: $1, $2)
        } value: {
            $0.loss(shown)
        }
        return deceived - best
    }

    /// What comes of one player's learning, before it is taken back.
    private func after(
        _ batches: [LabelledPictures],
        _ turn: (AdversarialStep, LabelledPictures, Int) -> Void,
        value: (AdversarialStep) -> Double
    ) -> Double {
        let streams = players.sources.mapValues(\.state)
        let putBack = [players.generator as Module, players.discriminator].map { $0.replaced() }
        defer {
            for back in putBack { back() }
            for (name, source) in players.sources { source.state = streams[name] ?? source.state }
        }
        let game = AdversarialStep(
            generator: players.generator,
            discriminator: players.discriminator,
            generatorOptimizers: players.generatorOptimizers.enumerated().map {
                AdversarialNetworks.optimizer(
                    $0 == 0 ? recipe.optimizers.generator : recipe.autoregressiveOptimizer,
                    $1.parameters,
                    of: players.generator.parameterGroups[$0]
                )
            },
            discriminatorOptimizer: AdversarialNetworks.optimizer(
                recipe.optimizers.discriminator,
                players.discriminator.members.parameters,
                of: players.discriminator
            ),
            latents: LatentSource(
                size: players.generator.latentSize,
                distribution: recipe.model.distribution,
                using: RandomSource(seed: recipe.seed, purpose: "duality-gap")
            ),
            objective: Objective(loss: players.objective.loss)
        )
        for number in 0..<turns { turn(game, batches[number % batches.count], number) }
        return value(game)
    }
}

extension AdversarialStep {
    /// The discriminator alone learns.
    fileprivate func judges(like real: LabelledPictures, _ number: Int) {
        let drawn = withoutGradients { draw(real.pictures.size(0), real) }
        moveDiscriminator(discriminatorTurn(real, drawn).gradients)
    }

    /// The generator alone learns.
    fileprivate func draws(like real: LabelledPictures, _ number: Int) {
        moveGenerator(generatorTurn(real, draw(real.pictures.size(0), real)).gradients)
    }

    /// The discriminator's loss on real and drawn pictures, both networks as they are used.
    fileprivate func loss(_ batches: [LabelledPictures]) -> Double {
        withoutGradients {
            generator.evaluating {
                discriminator.evaluating {
                    let losses = batches.map { real in
                        let fake = draw(real.pictures.size(0), real).fake
                        return objective.loss.discriminator(
                            real: discriminator(real.pictures, labels: real.labels),
                            fake: discriminator(fake.pictures, labels: fake.labels)
                        ).item()
                    }
                    return losses.reduce(0, +) / Double(losses.count)
                }
            }
        }
    }
}

extension Module {
    /// Puts copies in the place of all weights and buffers.
    ///
    /// - Returns: What puts the former ones back.
    fileprivate func replaced() -> () -> Void {
        let (parameters, buffers) = (members.parameters, members.buffers)
        let weights = parameters.map(\.parameter.wrappedValue)
        let kept = buffers.map(\.buffer.wrappedValue)
        for (_, parameter) in parameters {
            parameter.wrappedValue = parameter.wrappedValue.detached().copied()
        }
        for (_, buffer) in buffers { buffer.wrappedValue = buffer.wrappedValue.copied() }
        return {
            for (place, weight) in zip(parameters, weights) {
                place.parameter.wrappedValue = weight
            }
            for (place, tensor) in zip(buffers, kept) { place.buffer.wrappedValue = tensor }
        }
    }
}
