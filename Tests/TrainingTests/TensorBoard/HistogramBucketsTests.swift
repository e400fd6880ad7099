import Testing
import Training

@Suite("Values are sorted into intervals")
struct HistogramBucketsTests {
    @Test("every value is counted once, edges to the left interval's end excluded")
    func counts() throws {
        let buckets = try #require(HistogramBuckets([0, 0.5, 1, 1.5, 2, 3, 4], count: 4))
        #expect(buckets.minimum == 0)
        #expect(buckets.maximum == 4)
        #expect(buckets.counts == [2, 2, 1, 2])
        let many = try #require(HistogramBuckets((0..<3000).map { Double($0) }))
        #expect(many.counts == [Double](repeating: 100, count: 30))
    }

    @Test("equal values go into the last interval, whose edges are equal")
    func constant() throws {
        let buckets = try #require(HistogramBuckets([2, 2, 2]))
        #expect(buckets.minimum == 2)
        #expect(buckets.maximum == 2)
        #expect(buckets.counts == [Double](repeating: 0, count: 29) + [3])
    }

    @Test("what is not finite is left out")
    func notFinite() throws {
        let buckets = try #require(HistogramBuckets([.nan, 1, .infinity, 2, -.infinity], count: 2))
        #expect(buckets.counts == [1, 1])
        #expect(HistogramBuckets([.nan]) == nil)
        #expect(HistogramBuckets([]) == nil)
    }

    @Test("the largest numbers do not overflow")
    func extremes() throws {
        let most = Double.greatestFiniteMagnitude
        let buckets = try #require(HistogramBuckets([-most, 0, most], count: 3))
        #expect(buckets.counts == [1, 1, 1])
    }
}
