/// One optimizer with its numbers, as recipes have it.
///
/// A number that the kind does not use must keep its default, so that nothing is ignored.
public struct OptimizerSettings: Codable, Sendable, Equatable {
    /// A rule that turns gradients into changes.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Adam; weight decay is added to the gradient.
        case adam
        /// Adam with decoupled weight decay.
        case adamw
        /// Adam that steps as if it knew the next gradient.
        case optimisticAdam = "optimistic-adam"
        /// Muon: matrices inside networks step along all directions alike, other weights as with AdamW.
        case muon
        /// Adafactor: factored second moments.
        case adafactor
        /// Gradient descent with optional momentum.
        case sgd
        /// RMSprop; `beta2` is the share of old squares kept.
        case rmsprop

        /// The usual epsilon of the rule.
        package var epsilon: Double { self == .adafactor ? 1e-30 : 1e-8 }

        /// The usual momentum of the rule.
        package var momentum: Double { self == .muon ? 0.95 : 0 }

        /// The keys that the rule has no use for.
        package var unused: Set<CodingKeys> {
            switch self {
            case .adam, .adamw: [.momentum]
            case .optimisticAdam: [.momentum, .epsilonPlacement]
            case .muon: [.epsilonPlacement]
            case .adafactor: [.beta1, .beta2, .epsilon, .epsilonPlacement, .momentum]
            case .sgd: [.beta1, .beta2, .epsilon, .epsilonPlacement]
            case .rmsprop: [.beta1, .epsilonPlacement]
            }
        }
    }

    /// The rule.
    public var kind: Kind
    /// Size of a step before the schedule acts on it.
    public var learningRate: Double
    /// Share of old gradients kept.
    public var beta1: Double
    /// Share of old squared gradients kept; may change as images are seen.
    public var beta2: Scheduled
    /// Number that keeps divisions from zero.
    public var epsilon: Double
    /// Where it is added.
    public var epsilonPlacement: EpsilonPlacement
    /// Pull of every weight towards zero.
    public var weightDecay: Double
    /// Share of the old step kept.
    public var momentum: Double
    /// Largest norm of the whole gradient; 0 turns clipping off.
    public var clipNorm: Double
    /// How the learning rate changes over the run.
    public var schedule: RateSchedule

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case learningRate = "learning-rate"
        case beta1
        case beta2
        case epsilon
        case epsilonPlacement = "epsilon-placement"
        case weightDecay = "weight-decay"
        case momentum
        case clipNorm = "clip-norm"
        case schedule
    }

    /// An optimizer; `nil` for the rule's usual epsilon and momentum.
    public init(
        kind: Kind = .adam,
        learningRate: Double,
        beta1: Double = 0.9,
        beta2: Scheduled = 0.999,
        epsilon: Double? = nil,
        epsilonPlacement: EpsilonPlacement = .corrected,
        weightDecay: Double = 0,
        momentum: Double? = nil,
        clipNorm: Double = 0,
        schedule: RateSchedule = RateSchedule()
    ) {
        (self.kind, self.learningRate, self.schedule) = (kind, learningRate, schedule)
        (self.beta1, self.beta2, self.momentum) = (beta1, beta2, momentum ?? kind.momentum)
        (self.epsilon, self.epsilonPlacement) = (epsilon ?? kind.epsilon, epsilonPlacement)
        (self.weightDecay, self.clipNorm) = (weightDecay, clipNorm)
    }
}
