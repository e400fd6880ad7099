import Foundation
import Runs

/// Looks at a run every tick and says when it goes wrong.
final class DivergenceMonitor {
    private let rules: Recipe.Recovery
    private let fixed: FixedInputs
    private let labels: LabelSpread?

    init(_ rules: Recipe.Recovery, fixed: FixedInputs, labels: LabelSpread?) {
        (self.rules, self.fixed, self.labels) = (rules, fixed, labels)
    }

    /// What a look found.
    struct Finding {
        /// Figures for the journal.
        var figures: [String: Double]
        /// What looks wrong, in words.
        var symptoms: [String]
    }

    /// Looks at drawings of the fixed latents and at the tick's figures.
    func look(
        _ artist: AveragedGenerator,
        _ means: [String: Double],
        _ state: inout TrainingState
    ) -> Finding {
        let spread = fixed.spread(artist).map { $0 / max(fixed.realSpread, 1e-8) }
        var symptoms: [String] = []
        // Drawings of a network that has learned nothing are all alike, too.
        if let spread, spread > 2 * rules.collapseSpread { state.hasSpread = true }
        if let spread, !spread.isFinite || state.hasSpread && spread < rules.collapseSpread {
            symptoms.append(
                "drawings differ by \(DivergenceMonitor.percent(spread)) of what real pictures do (collapse below"
                    + " \(DivergenceMonitor.percent(rules.collapseSpread)))"
            )
        }
        let within = labels?.share(artist)
        // Beside how much all drawings differ: those of a network that has learned little are all alike.
        if let within, let spread, spread > 2 * rules.collapseSpread,
            !within.isFinite || within < rules.labelSpread * spread
        {
            symptoms.append(
                "drawings of one label differ by \(DivergenceMonitor.percent(within)) of what real pictures of it do, all"
                    + " drawings by \(DivergenceMonitor.percent(spread)) (collapse within labels below"
                    + " \(Float(rules.labelSpread)) of it)"
            )
        }
        for (name, key) in [("real", "Loss/scores/real"), ("drawn", "Loss/scores/fake")] {
            guard let score = means[key], abs(score) > rules.scoreLimit else { continue }
            symptoms.append(
                "the mean logit of \(name) pictures is \(Float(score)) (limit \(Float(rules.scoreLimit)))"
            )
        }
        if rules.dualityGap > 0, let gap = state.dualityGap, !(gap <= rules.dualityGap) {
            symptoms.append(
                "a player alone could still gain \(Float(gap)) (limit \(Float(rules.dualityGap)))"
            )
        }
        let entropy = means["Loss/G/classification_class_entropy"]
        // A discriminator that has learned nothing tells the same class of everything.
        let several = min(2 * rules.classEntropy, (1 + rules.classEntropy) / 2)
        if let entropy, entropy > several { state.hadClasses = true }
        if let entropy, state.hadClasses == true, entropy < rules.classEntropy {
            symptoms.append(
                "drawn classes have \(DivergenceMonitor.percent(entropy)) of the largest entropy (limit"
                    + " \(DivergenceMonitor.percent(rules.classEntropy)))"
            )
        }
        state.suspicion = symptoms.isEmpty ? 0 : state.suspicion + 1
        var figures = [
            "Health/suspicion": Double(state.suspicion),
            "Health/rollbacks": Double(state.rollbacks),
        ]
        figures["Health/spread"] = spread
        figures["Health/label_spread"] = within
        return Finding(figures: figures, symptoms: symptoms)
    }

    /// Whether it has looked wrong for so long that something must be done.
    func isTrouble(_ state: TrainingState) -> Bool {
        rules.rollbacks > 0 && state.suspicion >= rules.patience
    }

    private static func percent(_ share: Double) -> String {
        share.isFinite ? String(format: "%.1f %%", share * 100) : "\(share)"
    }
}
