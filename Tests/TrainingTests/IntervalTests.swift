import ImageMetrics
import Testing
import Training

@Suite struct IntervalTests {
    @Test func ofThreeMeasurements() throws {
        let interval = Interval([1, 2, 4])
        #expect(abs(interval.mean - 7.0 / 3) < 1e-12)
        // Deviation 1.5275, over √3, times 4.303.
        #expect(abs(interval.half - 3.7949) < 1e-3)
        #expect(try #require(interval.ends).contains(2))
        #expect(Interval([5]).ends == nil)
    }

    /// The table and the expansion meet.
    @Test func manyMeasurementsHaveNarrowIntervals() {
        func half(_ count: Int) -> Double {
            let interval = Interval((0..<count).map { $0.isMultiple(of: 2) ? -1.0 : 1.0 })
            let deviation = (Double(count) / Double(count - 1)).squareRoot()
            return interval.half * Double(count).squareRoot() / deviation
        }
        #expect(abs(half(30) - 2.045) < 1e-3)
        #expect(abs(half(32) - 2.0395) < 1e-3)
        #expect(abs(half(1002) - 1.9623) < 1e-3)
    }

    @Test func balanceOfClasses() {
        #expect(ClassBalance([0, 1, 2, 3], classes: 4).evenness == 1)
        #expect(ClassBalance([2, 2, 2], classes: 4).evenness == 0)
        #expect(ClassBalance([2, 2, 2], classes: 4).distanceFromEven == 0.75)
        #expect(ClassBalance([0, 0, 1, 1], classes: 4).shares == [0.5, 0.5, 0, 0])
    }
}
