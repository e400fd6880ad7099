import Runs
import Testing

@Suite("Measurements are gathered without keeping them")
struct StatisticCollectorTests {
    @Test("count, mean and deviation")
    func gathered() throws {
        var collector = StatisticCollector()
        #expect(collector.statistic == nil)
        for value in [2.0, 4, 4, 4, 5, 5, 7, 9] { collector.add(1e6 + value) }
        let statistic = try #require(collector.statistic)
        #expect(statistic.count == 8)
        #expect(abs(statistic.mean - 1_000_005) < 1e-6)
        #expect(abs(statistic.deviation - 2) < 1e-6)
    }

    @Test("one that is no number makes the mean none")
    func notANumber() throws {
        var collector = StatisticCollector()
        collector.add(1)
        collector.add(.nan)
        #expect(try #require(collector.statistic).mean.isNaN)
    }
}
