import Neural
import Runs
import Settings
import Torch

/// Logits of each kind kept near the running mean of the other kind's, for few pictures.
public final class LeCam: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the penalty is multiplied with; logits of StyleGAN are larger and need 1e-6.
        public var weight: Scheduled = 0.3
        /// The share of a running mean that a turn leaves.
        public var decay = 0.99
        /// Turns before the penalty begins.
        public var startTurns = 1000

        /// The paper's for small networks.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(decay, in: 0...1, "decay")
            problems.expect(startTurns, in: 0...1_000_000, "start-turns")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "lecam"
    /// What it is.
    public static let summary = "logits near the running mean of the other kind's, for few pictures"
    /// The paper that it follows.
    public static let source = "Tseng et al., Regularizing GANs under limited data, 2021"

    /// The running means of real and drawn pictures' logits.
    @Buffer public var means: Tensor = .zeros([2])
    /// Turns seen.
    @Buffer public var turns: Tensor = Tensor([0], shape: [])
    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · (mean max(0, a − m_fake)² + mean max(0, m_real − b)²).
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        withoutGradients {
            let now = Tensor.stacked([turn.realLogits.mean(), turn.fakeLogits.mean()])
                .detached().overAllProcesses().converted(to: means.dtype)
            // The first turn's means, and not zero, are where the running ones start.
            means = turns.item() == 0 ? now : means * settings.decay + now * (1 - settings.decay)
            turns = turns + 1
        }
        guard turn.turn >= settings.startTurns else { return nil }
        let own = means.converted(to: turn.realLogits.dtype)
        let real = (turn.realLogits - own.selected(1)).relu().squared().mean()
        let fake = (own.selected(0) - turn.fakeLogits).relu().squared().mean()
        return (real + fake) * settings.weight.value(at: turn.images)
    }
}
