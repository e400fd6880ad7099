import Settings

extension RateSchedule: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        let most = 1_000_000_000_000
        self.init(kind: section.choice(.kind, default: .constant))
        startImages = section.integer(.startImages, default: 0, in: 0...most)
        warmupImages = section.integer(.warmupImages, default: 0, in: 0...most)
        totalImages = section.integer(.totalImages, default: 0, in: 0...most)
        hold = section.number(.hold, default: 0, in: .fractionBelowOne)
        final = section.number(.final, default: kind.final, in: .fraction)
        stepImages = section.integer(.stepImages, default: 0, in: 0...most)
        factor = section.number(.factor, default: 1, in: .fractionAboveZero)
        check(section)
    }

    private func check(_ section: SectionReader<CodingKeys>) {
        if totalImages > 0, startImages + warmupImages >= totalImages {
            section.problem(
                startImages >= totalImages ? .startImages : .warmupImages,
                expected: startImages > 0
                    ? "with start-images fewer than total-images (\(totalImages))"
                    : "fewer than total-images (\(totalImages))",
                found: "\(startImages >= totalImages ? startImages : warmupImages)"
            )
        }
        if kind == .constant || kind == .step {
            unused(.totalImages, totalImages, default: 0, in: section)
            unused(.hold, hold, default: 0, in: section)
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
