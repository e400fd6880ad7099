extension Recipe {
    /// How the learning rate changes with the images seen.
    ///
    /// The rate is multiplied by a factor: from 0 to 1 over ``warmupImages``, then by the kind.
    public struct Schedule: Codable, Sendable, Equatable {
        /// The shape of the change after the warm-up.
        public enum Kind: String, Codable, Sendable, CaseIterable {
            /// No change.
            case constant
            /// A straight line to ``Schedule/final``.
            case linear
            /// Half a cosine wave to ``Schedule/final``.
            case cosine
            /// A constant ratio a picture, to ``Schedule/final``.
            case exponential
            /// Times ``Schedule/factor`` after every ``Schedule/stepImages``.
            case step
        }

        /// The shape.
        public var kind: Kind
        /// Images over which the rate rises from zero.
        public var warmupImages: Int
        /// Images at which ``final`` is reached; 0: the run's last.
        public var totalImages: Int
        /// Factor at the end.
        public var final: Double
        /// Images between two steps of the kind `step`.
        public var stepImages: Int
        /// Factor of one step of the kind `step`.
        public var factor: Double

        enum CodingKeys: String, CodingKey, CaseIterable {
            case kind
            case warmupImages = "warmup-images"
            case totalImages = "total-images"
            case final
            case stepImages = "step-images"
            case factor
        }
    }
}

extension Recipe.Schedule: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        let most = 1_000_000_000_000
        kind = section.choice(.kind, default: .constant)
        warmupImages = section.integer(.warmupImages, default: 0, in: 0...most)
        totalImages = section.integer(.totalImages, default: 0, in: 0...most)
        final = section.number(.final, default: kind.final, in: .fraction)
        stepImages = section.integer(.stepImages, default: 0, in: 0...most)
        factor = section.number(.factor, default: 1, in: .fractionAboveZero)
        check(section)
    }

    private func check(_ section: SectionReader<CodingKeys>) {
        if totalImages > 0, warmupImages >= totalImages {
            section.problem(
                .warmupImages,
                expected: "fewer than total-images (\(totalImages))",
                found: "\(warmupImages)"
            )
        }
        if kind == .constant || kind == .step {
            unused(.totalImages, totalImages, default: 0, in: section)
            unused(.final, final, default: kind.final, in: section)
        }
        if kind == .exponential, final == 0 {
            section.problem(
                .final,
                expected: "more than 0 (a ratio never reaches it)",
                found: "0"
            )
        }
        if kind == .step {
            if stepImages == 0 {
                section.problem(.stepImages, expected: "1 or more with kind: step", found: "0")
            }
        } else {
            unused(.stepImages, stepImages, default: 0, in: section)
            unused(.factor, factor, default: 1, in: section)
        }
    }

    private func unused<Value: Equatable>(
        _ key: CodingKeys,
        _ value: Value,
        default usual: Value,
        in section: SectionReader<CodingKeys>
    ) {
        guard value != usual else { return }
        section.problem(
            key,
            expected: "\(usual) or nothing (kind: \(kind.rawValue) does not use it)",
            found: "\(value)"
        )
    }
}

extension Recipe.Schedule.Kind {
    /// The usual factor at the end.
    var final: Double {
        switch self {
        case .constant, .step: 1
        case .linear, .cosine: 0
        case .exponential: 0.01
        }
    }
}
