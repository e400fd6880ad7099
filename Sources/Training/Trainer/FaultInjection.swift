import Runs
import Torch

/// A disaster planted in a run, to see that it is noticed and recovered from.
package struct FaultInjection: Sendable {
    /// What goes wrong.
    package enum Disaster: Sendable {
        /// The generator draws the same picture whatever it is given.
        case collapse
        /// The generator draws one picture a label: its first weights are zero for latents, not for the labels
        /// that follow these.
        case collapseWithinLabels
        /// Both learning rates are so many times as high.
        case rates(Double)
    }

    /// What goes wrong.
    package let disaster: Disaster
    /// The step before which it does.
    package let step: Int

    /// A disaster before a step.
    package init(_ disaster: Disaster, atStep step: Int) {
        (self.disaster, self.step) = (disaster, step)
    }

    /// Plants the disaster where it is due; never after the run went back.
    func plant(in session: TrainingSession) {
        guard session.state.rollbacks == 0 else { return }
        switch disaster {
        case .collapse:
            guard session.state.step >= step else { return }
            for parameter in session.program.artist.generator.parameters {
                parameter.wrappedValue = withoutGradients { parameter.wrappedValue * 0 }
            }
        case .collapseWithinLabels:
            guard session.state.step >= step else { return }
            let generator = session.program.artist.generator
            let weight = generator.parameters[0]
            weight.wrappedValue = withoutGradients {
                let columns = (0..<weight.wrappedValue.size(1)).map {
                    Float($0 < generator.latentSize ? 0 : 1)
                }
                return weight.wrappedValue * Tensor(columns, shape: [1, columns.count])
            }
        case .rates(let factor):
            guard session.state.step == step else { return }
            session.state.rateScale *= factor
        }
    }
}
