import Foundation
import Optimizers
import Testing

@Suite struct ScheduleTests {
    static let cosine = Schedule.cosine(from: 4, to: 2, over: 100)
    static let jumps = Schedule.piecewise(knots: [
        .init(at: 10, value: 1), .init(at: 20, value: 3), .init(at: 20, value: 7),
        .init(at: 40, value: 5),
    ])
    static let warm = Schedule.warmUp(from: 0, over: 10, then: cosine)

    @Test(
        arguments: [
            (.constant(value: 3), [(0, 3), (1e9, 3)]),
            (.linear(from: 1, to: 0, over: 10), [(0, 1), (5, 0.5), (10, 0), (11, 0)]),
            (cosine, [(0, 4), (50, 3), (25, 3 + 0.5.squareRoot()), (100, 2), (1e6, 2)]),
            (
                .exponential(from: 8, factor: 0.5, every: 10),
                [(0, 8), (5, 32.0.squareRoot()), (30, 1)]
            ),
            (
                .step(from: 8, factor: 0.5, every: 10),
                [(0, 8), (9.999, 8), (10, 4), (29, 2), (30, 1)]
            ),
            (
                jumps,
                [(0, 1), (10, 1), (15, 2), (19.999999, 3), (20, 7), (30, 6), (40, 5), (99, 5)]
            ),
            (warm, [(0, 0), (5, 2), (10, 4), (60, 3), (110, 2), (200, 2)]),
            (.linear(from: 1, to: 0, over: 10), [(-5, 1)]),
        ] as [(Schedule, [(Double, Double)])]
    )
    func values(schedule: Schedule, points: [(Double, Double)]) {
        for (position, expected) in points {
            #expect(abs(schedule.value(at: position) - expected) < 1e-6, "at \(position)")
        }
    }

    @Test func wholeAndRealPositionsAgree() {
        #expect(Self.cosine.value(at: 37) == Self.cosine.value(at: 37.0 as Double))
    }

    @Test(arguments: [cosine, jumps, warm, .constant(value: 1)])
    func codingKeepsEverything(schedule: Schedule) throws {
        let data = try JSONEncoder().encode(schedule)
        #expect(try JSONDecoder().decode(Schedule.self, from: data) == schedule)
    }

    @Test(
        arguments: [
            (.constant(value: .nan), "value"),
            (.linear(from: 0, to: 1, over: 0), "over"),
            (.cosine(from: .infinity, to: 1, over: 1), "from"),
            (.exponential(from: 1, factor: 0, every: 1), "factor"),
            (.step(from: 1, factor: 0.5, every: -1), "every"),
            (.warmUp(from: 0, over: -1, then: cosine), "over"),
            (.warmUp(from: 0, over: 1, then: .constant(value: .nan)), "value"),
            (.piecewise(knots: []), "knots"),
            (.piecewise(knots: [.init(at: 2, value: 1), .init(at: 1, value: 1)]), "at"),
        ] as [(Schedule, String)]
    )
    func badSettingIsNamed(schedule: Schedule, setting: String) {
        let error = #expect(throws: OptimizerError.self) { try schedule.validate() }
        #expect(error?.description.contains("'\(setting)'") == true)
    }

    @Test(arguments: [cosine, jumps, warm])
    func usualSettingsAreValid(schedule: Schedule) {
        #expect(throws: Never.self) { try schedule.validate() }
    }
}
