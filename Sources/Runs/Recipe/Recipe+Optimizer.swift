extension Recipe {
    /// One optimizer with its numbers.
    ///
    /// A number that the kind does not use must keep its default, so that nothing is ignored.
    public struct Optimizer: Codable, Sendable, Equatable {
        /// A rule that turns gradients into changes.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            /// Adam; weight decay is added to the gradient.
            case adam
            /// Adam with decoupled weight decay.
            case adamw
            /// Adafactor: factored second moments.
            case adafactor
            /// Gradient descent with optional momentum.
            case sgd
            /// RMSprop; `beta2` is the share of old squares kept.
            case rmsprop
        }

        /// Where Adam adds epsilon to the root of the mean square.
        public enum EpsilonPlacement: String, Codable, Sendable, CaseIterable {
            /// After the mean square is corrected for its start at zero, as PyTorch does.
            case corrected
            /// Before, as Keras does.
            case uncorrected
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
        public var schedule: Schedule

        enum CodingKeys: String, CodingKey, CaseIterable {
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
    }
}

extension Recipe.Optimizer: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        let kind: Kind = section.choice(.kind, default: .adam)
        self.kind = kind
        let unused = kind.unused
        func number(_ key: CodingKeys, _ value: Double, _ range: NumberRange) -> Double {
            let read = section.number(key, default: value, in: range)
            if unused.contains(key), read != value {
                section.problem(
                    key,
                    expected: "\(value.plain) or nothing (\(kind.rawValue) does not use it)",
                    found: read.plain
                )
            }
            return read
        }
        learningRate = section.number(.learningRate, in: .positive)
        beta1 = number(.beta1, 0.9, .fractionBelowOne)
        beta2 = section.scheduled(.beta2, default: 0.999, in: .fractionBelowOne)
        if unused.contains(.beta2), beta2 != 0.999 {
            section.problem(
                .beta2,
                expected: "0.999 or nothing (\(kind.rawValue) does not use it)",
                found: beta2.from.plain
            )
        }
        epsilon = number(.epsilon, kind.epsilon, .positive)
        epsilonPlacement = section.choice(.epsilonPlacement, default: .corrected)
        if unused.contains(.epsilonPlacement), epsilonPlacement != .corrected {
            section.problem(
                .epsilonPlacement,
                expected: "corrected or nothing (\(kind.rawValue) does not use it)",
                found: epsilonPlacement.rawValue
            )
        }
        weightDecay = number(.weightDecay, 0, .nonNegative)
        momentum = number(.momentum, 0, .fractionBelowOne)
        clipNorm = number(.clipNorm, 0, .nonNegative)
        schedule = section.section(.schedule)
    }
}

extension Recipe.Optimizer.Kind {
    /// The keys that the rule has no use for.
    var unused: Set<Recipe.Optimizer.CodingKeys> {
        switch self {
        case .adam, .adamw: [.momentum]
        case .adafactor: [.beta1, .beta2, .epsilon, .epsilonPlacement, .momentum]
        case .sgd: [.beta1, .beta2, .epsilon, .epsilonPlacement]
        case .rmsprop: [.beta1, .epsilonPlacement]
        }
    }

    /// The usual epsilon of the rule.
    var epsilon: Double { self == .adafactor ? 1e-30 : 1e-8 }
}
