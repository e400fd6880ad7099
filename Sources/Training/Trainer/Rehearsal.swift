import Runs
import Torch

/// A disaster planted in a run, to see that it is noticed and recovered from.
package struct Rehearsal: Sendable {
    /// What goes wrong.
    package enum Disaster: Sendable {
        /// The generator draws the same picture whatever it is given.
        case collapse
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
    func plant(in sitting: Sitting) {
        guard sitting.state.rollbacks == 0 else { return }
        switch disaster {
        case .collapse:
            guard sitting.state.step >= step else { return }
            for parameter in sitting.program.artist.generator.parameters {
                parameter.wrappedValue = withoutGradients { parameter.wrappedValue * 0 }
            }
        case .rates(let factor):
            guard sitting.state.step == step else { return }
            sitting.state.rateScale *= factor
        }
    }
}
