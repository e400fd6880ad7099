import Adversarial
import Neural
import Runs
import Settings
import Torch

/// A trained discriminator that stays as it is, and makes the generator pay for drawings that it takes for classes which must
/// not be drawn.
///
/// The price of a drawing is −log of the chance that it is of any other class. It is asked for whatever was asked of the generator:
/// by another name, or by chance, it costs the same. Its tensors are kept in checkpoints.
final class Guardian: Module, Regulariser {
    static let name = "penalties"

    private let critic: Critic
    /// The places of the classes that may be drawn.
    private let allowed: [Int]
    private let weight: Scheduled

    /// The guard of a recipe, for pictures of that kind.
    ///
    /// - Throws: `TrainingError.noCritic` for what is no discriminator that learned those classes.
    init(_ penalties: Recipe.Penalties, for spec: ImageSpec) throws {
        let file = try CriticFile(
            penalties.guardian,
            namedBy: "objective.penalties.guard",
            for: spec
        )
        let forbidden = try file.places(of: penalties.classes)
        let places = (0..<file.model.labels).filter { !forbidden.contains($0) }
        guard !places.isEmpty else { throw file.refused("it would forbid all that it knows") }
        (critic, allowed, weight) = (file.critic, places, penalties.weight)
    }

    /// What the drawings of a turn cost.
    func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        let weight = weight.value(at: turn.images)
        guard weight > 0 else { return nil }
        let logits = turn.autocast {
            critic.evaluating { critic.classLogits(turn.fake.pictures) }
        }
        guard let logits else { return nil }
        let chances = logits.inFloat32().logSoftmax(along: 1)
        let others = chances.selected(
            at: Tensor(allowed).moved(to: chances.device),
            along: 1
        )
        return others.logSumExp(over: [1]).mean() * -weight
    }
}
