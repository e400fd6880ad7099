import Adversarial
import Checks
import Datasets
import Midjourney
import Neural
import Optimizers
import Runs
import Torch

/// A generator against a discriminator, and what draws its drafts again where there is such.
class AdversarialTraining: TrainingProgram {
    let players: AdversarialNetworks
    let artist: AveragedGenerator
    let recipe: Recipe
    private let game: AdversarialStep

    /// A program of these players.
    init(_ recipe: Recipe, _ players: AdversarialNetworks) {
        (self.recipe, self.players) = (recipe, players)
        artist = AveragedGenerator(recipe, spec: players.spec, generator: players.generator)
        game = AdversarialStep(
            players,
            precision: RecipeNetworks.precision(recipe.training.precision)
        )
        game.accumulation = recipe.training.accumulate
        game.stepsPerTurn = recipe.objective.step == .extragradient ? 2 : 1
    }

    var critic: Critic? {
        Critic(players.discriminator, tasks: players.objective.tasks)
    }

    var transferred: [TransferReport] { players.transferred }

    var watched: [(name: String, module: Module)] {
        [("G", players.generator), ("D", players.discriminator)]
    }

    var kept: CheckpointContents {
        let optimizers = recipe.optimizers
        let own = [
            ("generator", optimizers.generator), ("autoregressive", recipe.autoregressiveOptimizer),
        ]
        return CheckpointContents(
            modules: [("generator", players.generator), ("discriminator", players.discriminator)]
                + players.objective.modules.map { ("objective.\($0.name)", $0.module) },
            optimizers: zip(own, players.generatorOptimizers).map { ($0.0, $1, $0.1) }
                + [
                    (
                        "discriminator", players.discriminatorOptimizer,
                        optimizers.discriminator
                    )
                ],
            averages: artist.averages,
            sources: players.sources
        )
    }

    var batchesPerStep: Int {
        switch recipe.objective.step {
        case .simultaneous: 1
        case .alternating: recipe.objective.criticUpdates * recipe.training.accumulate
        case .extragradient: 2
        }
    }

    func step(_ real: [LabelledPictures], images: Int) -> StepFigures {
        grow(images: images)
        game.images = images
        let real = real.map { players.teacher?.extended($0, using: players.chance) ?? $0 }
        if players.generator.needsAveragedTargets {
            artist.withBestGenerator { generator in real.forEach(generator.prepareTargets) }
        }
        return switch recipe.objective.step {
        case .simultaneous: game.simultaneous(real[0])
        case .alternating: game.alternating(real)
        case .extragradient: game.extragradient(real[0], then: real[1])
        }
    }

    /// By default, nothing has to be remembered.
    func recall(_ words: [String], _ rows: TextRows) -> String? { nil }

    /// What the recipe monitors.
    func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)? { nil }

    /// Lets networks grow that do; with each new size the optimizers begin anew.
    private func grow(images: Int) {
        for network in [players.generator.growing, players.discriminator.growing] {
            guard let network else { continue }
            let wanted = network.growth(at: images)
            let isNew = network.growth.rounded(.up) < wanted.rounded(.up)
            network.growth = wanted
            guard isNew else { continue }
            for optimizer in players.generatorOptimizers { optimizer.forget() }
            players.discriminatorOptimizer.forget()
        }
    }

    /// By the discriminator's own head, and by the generator where it can; made from codes where there are any.
    func restorations(of real: LabelledPictures) -> [Tensor] {
        withoutGradients {
            let source = RandomSource(seed: recipe.seed, purpose: "restorations")
            let visible = Damage.visible(like: real.pictures, using: source)
            let head = players.objective.task(Restoration.self)
            let filled = head.map { head in
                players.discriminator.evaluating {
                    head.filled(real.pictures, visible: visible, by: players.discriminator)
                }
            }
            let drawn = artist.withBestGenerator { generator in
                generator.restorer?.restored(
                    real.pictures,
                    visible: visible,
                    labels: generator.labelCount > 0 ? real.labels : nil,
                    using: source
                )
            }
            let found = [filled, drawn].compactMap { $0 }
            let hidden = found.isEmpty ? [] : [real.pictures * visible]
            let remade = artist.withBestGenerator { $0.staged?.remade(real.pictures) }
            let rows = hidden + found + (remade.map { [$0] } ?? [])
            return rows.isEmpty ? [] : [real.pictures] + rows
        }
    }

    /// The discriminator on pictures that it never trained on and on as many fresh drawings; the
    /// generator's own marks; old classes before and after.
    func judged(on batches: HeldOutBatches) -> EvaluationResult {
        var judgement = EvaluationResult()
        withoutGradients {
            players.discriminator.evaluating {
                artist.withBestGenerator { generator in
                    let found = told(apart: generator, on: batches)
                    judgement.figures[Recipe.Figure.testLoss.rawValue] = found.loss
                    judgement.figures[Recipe.Figure.testAccuracy.rawValue] = found.accuracy
                    judgement.figures.merge(batches.validationMetrics(of: generator)) { $1 }
                }
            }
        }
        if recipe.evaluation.dualityGap > 0 {
            let gap = DualityGap(players, recipe, turns: recipe.evaluation.dualityGap)
            judgement.figures[Recipe.Figure.dualityGap.rawValue] = gap.measured(
                on: Array(batches.batches)
            )
        }
        guard let teacher = players.teacher else { return judgement }
        let kept = artist.withBestGenerator { teacher.agreement(of: $0, device: batches.device) }
        judgement.figures["Evaluation/old_classes_before"] = kept.before
        judgement.figures["Evaluation/old_classes_after"] = kept.after
        judgement.notes.append(
            "old classes: \(Float(kept.before)) of the drawings were of the class asked for before,"
                + " \(Float(kept.after)) are now"
        )
        return judgement
    }

    /// The discriminator's loss, and the share of pictures that it tells rightly: 0.5 when it
    /// cannot tell them apart.
    ///
    /// Drawings come from a stream of their own, the same at every evaluation.
    private func told(
        apart generator: any Generator,
        on batches: HeldOutBatches
    ) -> (loss: Double, accuracy: Double) {
        let loss = players.objective.loss
        let latents = artist.latents(for: "evaluation")
        var sum = 0.0
        var right = 0.0
        for real in batches.batches {
            let count = real.pictures.size(0)
            // Classes of the data come after those that were known before.
            let labels =
                players.teacher.map { teacher in
                    real.labels.map { $0 + Double(teacher.classes) }
                } ?? real.labels
            let noise = latents.latents(count, device: batches.device)
            let realLogits = players.discriminator(real.pictures, labels: labels)
            let asked = generator.labelCount > 0 ? labels : nil
            let fakes = generator.fakes(noise, labels: asked, beside: real).pictures
            let fakeLogits = players.discriminator(fakes.pictures, labels: fakes.labels)
            // A last batch of one picture has nothing to be compared with.
            guard count > 1 || !loss.comparesWithReal else { break }
            sum += loss.discriminator(real: realLogits, fake: fakeLogits).item() * Double(count)
            let hits =
                realLogits.isGreater(than: 0).converted(to: .float32).mean()
                + (1 - fakeLogits.isGreater(than: 0).converted(to: .float32)).mean()
            right += hits.item() * Double(count)
        }
        guard batches.count > 0 else { return (.nan, .nan) }
        return (sum / Double(batches.count), right / Double(2 * batches.count))
    }
}
