import Adversarial
import Checks
import Datasets
import Midjourney
import Neural
import Optimizers
import Runs
import Torch

/// A trained model that draws codes, taught further by marks of what it draws.
///
/// Of each wish it draws a group; a drawing whose mark is above its group's mean becomes likelier, one below it less likely, as far as
/// the model stays near where it began. Wishes are those of the data; its pictures are not looked at.
///
/// Source: Shao et al., "DeepSeekMath", 2024, for group-relative policy optimisation (GRPO); Schulman, "Approximating KL divergence",
/// 2020, for the estimate of the divergence.
final class RewardTraining: AdversarialTraining {
    private let tokens: any StagedGenerator
    private let reference: any StagedGenerator
    private let judge: Critic
    private let reward: Recipe.Reward
    /// Whether the judge knows the labels that are asked for.
    private let knowsLabels: Bool

    /// A program of these players.
    ///
    /// - Throws: `TrainingError.noCritic` for what is no judge.
    init(
        _ recipe: Recipe,
        _ players: AdversarialNetworks,
        _ tokens: any StagedGenerator,
        by reward: Recipe.Reward,
        device: Device
    ) throws {
        (self.tokens, self.reward) = (tokens, reward)
        let file = try CriticFile(
            reward.judge,
            namedBy: "objective.reward.judge",
            for: players.spec
        )
        judge = file.critic
        let classifies = file.critic.task(Classification.self) != nil
        knowsLabels = file.model.labels == players.spec.labels
        guard knowsLabels || reward.labels == 0 || !classifies else {
            throw file.refused(
                "it tells \(file.model.labels) labels apart, the recipe's pictures have"
                    + " \(players.spec.labels)"
            )
        }
        guard classifies && reward.labels > 0 || reward.realness > 0 else {
            throw file.refused("it learned no labels, and objective.reward.realness is 0")
        }
        let source = RandomSource(seed: 0)
        let copy = ModelFamily.family(of: recipe).generator(
            recipe.model.settings,
            for: players.spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        guard let reference = copy.staged else {
            preconditionFailure("'\(recipe.model.family)' draws no codes")
        }
        try reference.load(
            state: Dictionary(
                uniqueKeysWithValues: tokens.wholeState().map { ($0.name, $0.tensor) }
            )
        )
        reference.setTraining(false)
        self.reference = reference
        super.init(recipe, players)
        judge.move(to: device)
        reference.move(to: device)
    }

    override var kept: CheckpointContents {
        var kept = super.kept
        kept.modules += [("reference", reference as Module), ("judge", judge)]
        return kept
    }

    /// What is drawn gets better marks.
    override func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)? {
        ("Reward/mean", .max)
    }

    override func step(_ real: [LabelledPictures], images: Int) -> StepFigures {
        let device = real[0].pictures.device
        let autocast = Autocast(
            RecipeNetworks.precision(recipe.training.precision),
            on: device.kind
        )
        let wishes = real[0].pictures.size(0) / reward.group
        let count = wishes * reward.group
        let labels = real[0].labels.map {
            $0.sliced(0..<wishes, along: 0).repeatedElements(reward.group, along: 0)
        }
        let latents = players.latents.latents(count, device: device)
        let (codes, marks, before) = withoutGradients {
            tokens.evaluating {
                let codes = tokens.codes(latents, labels: labels)
                return (
                    codes, self.marks(of: tokens.pictures(codes).inFloat32(), labels),
                    autocast { reference.logProbabilities(of: codes, labels: labels) }.inFloat32()
                )
            }
        }
        let advantages = Self.advantages(marks.total, group: reward.group)
        let optimizer = players.generatorOptimizers[1]
        var (loss, divergence) = (Tensor.zeros([]), Tensor.zeros([]))
        var drawn: Tensor?
        for _ in 0..<reward.updates {
            let now = tokens.evaluating {
                autocast { tokens.logProbabilities(of: codes, labels: labels) }.inFloat32()
            }
            let then = drawn ?? now.detached()
            drawn = then
            let ratio = (now - then).exp()
            let gain = (ratio * advantages).minimum(
                ratio.clamped(from: 1 - reward.clip, to: 1 + reward.clip) * advantages
            )
            let apart = before - now
            divergence = (apart.exp() - apart - 1).mean()
            loss = divergence * reward.divergence - gain.mean()
            optimizer.step(gradients(of: loss, for: optimizer.weights))
        }
        let figures =
            [
                ("Loss/G/loss", loss.item()), ("Reward/kl", divergence.item()),
                ("Reward/mean", marks.total.mean().item()),
                ("Reward/realness", marks.realness.mean().item()),
            ] + (marks.labels.map { [("Reward/labels", $0.mean().item())] } ?? [])
        return StepFigures(figures)
    }

    /// How good drawings are, each by itself.
    private func marks(
        of pictures: Tensor,
        _ labels: Tensor?
    ) -> (total: Tensor, realness: Tensor, labels: Tensor?) {
        let found = judge.marks(pictures, labels: knowsLabels ? labels : nil)
        let realness = found.realness.inFloat32()
        guard reward.labels > 0, let likeness = found.likeness?.inFloat32() else {
            return (realness * reward.realness, realness, nil)
        }
        return (realness * reward.realness + likeness * reward.labels, realness, likeness)
    }

    /// How far each mark lies from its group's mean, in the group's deviations; a group whose marks are all alike teaches nothing.
    ///
    /// Shape: N → N×1.
    private static func advantages(_ marks: Tensor, group: Int) -> Tensor {
        let rows = marks.reshaped([-1, group])
        let apart = rows - rows.mean(over: [1], keepingDimensions: true)
        let deviation = apart.squared().mean(over: [1], keepingDimensions: true).squareRoot()
        return (apart / (deviation + 1e-4)).reshaped([-1, 1])
    }
}
