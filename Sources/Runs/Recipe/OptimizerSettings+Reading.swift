import Settings

extension OptimizerSettings: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        let kind: Kind = section.choice(.kind, default: .adam)
        self.init(kind: kind, learningRate: section.number(.learningRate, in: .positive))
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
        momentum = number(.momentum, kind.momentum, .fractionBelowOne)
        clipNorm = number(.clipNorm, 0, .nonNegative)
        schedule = section.section(.schedule)
    }
}
