import Settings
import Testing

@Suite("How learning rates and other numbers change with the images seen")
struct RateScheduleTests {
    @Test(
        "Known places of each shape",
        arguments: [
            (RateSchedule(), [(0, 1), (1_000_000, 1)]),
            (RateSchedule(kind: .linear), [(0, 1), (50, 0.5), (100, 0), (200, 0)]),
            (
                RateSchedule(kind: .cosine, final: 0.5),
                [(0, 1), (50, 0.75), (100, 0.5), (999, 0.5)]
            ),
            (
                RateSchedule(kind: .exponential, totalImages: 40, final: 0.01),
                [(0, 1), (20, 0.1), (40, 0.01), (100, 0.01)]
            ),
            (
                RateSchedule(kind: .step, stepImages: 10, factor: 0.5),
                [(0, 1), (9, 1), (10, 0.5), (29, 0.25), (30, 0.125)]
            ),
            (
                RateSchedule(kind: .linear, warmupImages: 20),
                [(0, 0), (5, 0.25), (20, 1), (60, 0.5), (100, 0)]
            ),
            (
                RateSchedule(kind: .linear, warmupImages: 20, hold: 0.5),
                [(10, 0.5), (20, 1), (60, 1), (80, 0.5), (100, 0), (200, 0)]
            ),
            (
                RateSchedule(kind: .linear, startImages: 40, warmupImages: 20),
                [(0, 0), (40, 0), (45, 0.25), (60, 1), (80, 0.5), (100, 0)]
            ),
            (
                RateSchedule(kind: .cosine, startImages: 40),
                [(39, 0), (40, 1), (70, 0.5), (100, 0)]
            ),
            (
                RateSchedule(kind: .step, warmupImages: 4, stepImages: 10, factor: 0.5),
                [(2, 0.5), (4, 1), (13, 1), (14, 0.5)]
            ),
        ] as [(RateSchedule, [(Int, Double)])]
    )
    func values(_ schedule: RateSchedule, _ points: [(Int, Double)]) {
        for (images, expected) in points {
            #expect(abs(schedule.factor(at: images, of: 100) - expected) < 1e-12, "at \(images)")
        }
    }

    /// Whatever the numbers, a factor starts at the warm-up's place, never leaves 0 … 1, never rises after the warm-up,
    /// and ends exactly where it is told to.
    @Test(arguments: RateSchedule.Kind.allCases, [0, 1, 7, 100])
    func neverRisesAfterTheWarmUp(_ kind: RateSchedule.Kind, _ warmup: Int) {
        for (total, final) in [(101, 0.3), (1000, 0.01), (977, 0.7)] {
            let schedule = RateSchedule(
                kind: kind,
                warmupImages: warmup,
                final: kind == .constant || kind == .step ? nil : final,
                stepImages: kind == .step ? 13 : 0,
                factor: kind == .step ? final : 1
            )
            let all = (0...total + 10).map { schedule.factor(at: $0, of: total) }
            #expect(all.allSatisfy { (0...1).contains($0) })
            #expect(all[warmup] == 1)
            #expect(zip(all[..<warmup], all[1...]).allSatisfy { $0 < $1 })
            #expect(zip(all[warmup...], all[(warmup + 1)...]).allSatisfy { $0 >= $1 })
            if kind != .step { #expect(all[total] == schedule.final) }
        }
    }

    @Test(arguments: [Scheduled.Kind.linear, .cosine, .exponential, .step])
    func numbersEndWhereTheyAreTold(_ kind: Scheduled.Kind) {
        let number = Scheduled(from: 1, to: 0.1, overImages: 30, startImages: 10, kind: kind)
        #expect(number.value(at: 0) == 1)
        #expect(number.value(at: 10) == 1)
        #expect(number.value(at: 40) == 0.1)
        #expect(number.value(at: 1_000_000) == 0.1)
    }
}
