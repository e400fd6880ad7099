import Foundation
import ImageMetrics
import Testing

@Suite struct ShareIntervalTests {
    /// Values of R's `prop.test(x, n, correct = FALSE)`.
    @Test(arguments: [
        (54, 54, 0.93358, 1.0), (0, 54, 0.0, 0.06642), (27, 54, 0.37106, 0.62894),
        (1, 10, 0.01788, 0.40415),
    ])
    func known(hits: Int, count: Int, low: Double, high: Double) {
        let found = ShareInterval(Double(hits) / Double(count), of: count)
        #expect(abs(found.low - low) < 1e-4 && abs(found.high - high) < 1e-4, "\(found)")
    }

    @Test func everyShareLiesInAnIntervalWithAWidth() {
        for count in 1...80 {
            for hits in 0...count {
                let share = Double(hits) / Double(count)
                let found = ShareInterval(share, of: count)
                #expect(0 <= found.low && found.low <= share && share <= found.high)
                #expect(found.high <= 1 && found.high - found.low > 0.01)
            }
        }
        #expect(ShareInterval(0, of: 0) == ShareInterval(1, of: 0))
    }
}
