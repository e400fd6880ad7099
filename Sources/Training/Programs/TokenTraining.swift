import Adversarial
import Checks
import Datasets
import Neural
import Optimizers
import Runs
import Torch

/// A tokenizer in the game of two players and, once it has settled, the transformer alone on codes that no longer
/// change.
final class TokenTraining: AdversarialTraining {
    private let tokens: any StagedGenerator
    /// What the run must not forget; nil where it forgets, or begins with random weights.
    private let replay: CodeReplay?

    /// A program of these players.
    init(_ recipe: Recipe, _ players: AdversarialNetworks, _ tokens: any StagedGenerator) {
        self.tokens = tokens
        let share = recipe.start?.replay ?? 0
        replay = recipe.traits.texts.flatMap { texts in
            guard share > 0 else { return nil }
            return CodeReplay(codes: tokens.latentSize, pieces: texts.length, share: share)
        }
        super.init(recipe, players)
        replay?.move(to: tokens.parameters[0].wrappedValue.device)
    }

    override var kept: CheckpointContents {
        var kept = super.kept
        if let replay { kept.modules.append(("replay", replay)) }
        return kept
    }

    override func recall(_ words: [String], _ rows: TextRows) -> String? {
        guard let replay, !words.isEmpty else { return nil }
        let source = RandomSource(seed: recipe.seed, purpose: "replay")
        replay.draw(words, rows, by: tokens, using: source)
        return "drew what the networks know, to be seen again: words of \(words.count)"
    }

    override func step(_ real: [LabelledPictures], images: Int) -> StepFigures {
        guard tokens.hasSettled(after: images) else { return super.step(real, images: images) }
        if !tokens.hasSettled(after: images - recipe.training.batch) { freezeTokenizer() }
        let optimizer = players.generatorOptimizers[1]
        let autocast = Autocast(
            RecipeNetworks.precision(recipe.training.precision),
            on: real[0].pictures.device.kind
        )
        // The tokenizer's own weights are its averages now.
        tokens.prepareTargets(real[0])
        let nats = tokens.nats(
            of: real[0],
            beside: replay?.some(beside: real[0].pictures.size(0), using: players.chance),
            autocast,
            images: images,
            using: players.chance
        )
        optimizer.step(gradients(of: nats, for: optimizer.weights))
        let value = nats.item()
        return StepFigures([("Loss/G/loss", value), ("Loss/G/nats", value)])
    }

    /// How near pictures made from their codes are until the tokenizer settles, how well codes are foreseen after.
    override func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)? {
        guard tokens.hasStages else { return nil }
        return tokens.hasSettled(after: images)
            ? ("Evaluation/nats_per_code", .min) : ("Evaluation/psnr", .max)
    }

    /// Gives the tokenizer its averaged weights, to keep from then on.
    private func freezeTokenizer() {
        let average = artist.withBestGenerator { _ in
            tokens.settling.state().map { ($0.name, $0.tensor.copied()) }
        }
        do {
            try tokens.settling.load(state: Dictionary(uniqueKeysWithValues: average))
        } catch {
            preconditionFailure("a network does not take its own weights: \(error)")
        }
    }
}
