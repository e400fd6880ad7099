import Datasets
import Testing

@Suite("Permutation")
struct PermutationTests {
    @Test("covers every element once", arguments: [0, 1, 2, 3, 100, 4097])
    func covers(count: Int) {
        for epoch in 0..<3 {
            let order = Permutation(count: count, seed: 9).order(epoch: epoch)
            #expect(order.sorted() == Array(0..<count))
        }
    }

    @Test("is a pure function of seed and epoch")
    func pure() {
        let permutation = Permutation(count: 1000, seed: 42)
        #expect(permutation.order(epoch: 5) == Permutation(count: 1000, seed: 42).order(epoch: 5))
        #expect(permutation.order(epoch: 5) != permutation.order(epoch: 6))
        #expect(permutation.order(epoch: 5) != Permutation(count: 1000, seed: 43).order(epoch: 5))
    }

    @Test("gives each of the six orders of three elements equally often")
    func unbiased() {
        var counts: [[Int]: Int] = [:]
        for epoch in 0..<6000 {
            counts[Permutation(count: 3, seed: 1).order(epoch: epoch), default: 0] += 1
        }
        #expect(counts.count == 6)
        // 1000 each; five standard deviations are 144.
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 144 })
    }

    @Test("keeps the order it has always had for a seed")
    func stable() {
        #expect(Permutation(count: 8, seed: 7).order(epoch: 0) == Self.known)
    }

    private static let known = [3, 4, 2, 1, 6, 0, 5, 7]
}

@Suite("ClassWeights")
struct ClassWeightsTests {
    private static let labels = [Int](repeating: 0, count: 90) + [Int](repeating: 1, count: 10)

    private static func share(ofRare power: Double) -> Double {
        let weights = ClassWeights(labels: labels, power: power, seed: 3)
        let draws = (0..<20_000).map { weights.draw(epoch: 1, position: $0) }
        return Double(draws.count { labels[$0] == 1 }) / 20_000
    }

    @Test("favours rare classes by the power", arguments: [(0.0, 0.1), (0.5, 0.25), (1.0, 0.5)])
    func shares(power: Double, expected: Double) {
        let weights = ClassWeights(labels: Self.labels, power: power, seed: 3)
        #expect(abs(weights.classProbabilities[1] - expected) < 1e-12)
        // Five standard deviations of a share of 20,000 draws are at most 0.018.
        #expect(abs(Self.share(ofRare: power) - expected) < 0.018)
    }

    @Test("draws every member of a class")
    func members() {
        let weights = ClassWeights(labels: Self.labels, power: 1, seed: 3)
        let drawn = Set((0..<5000).map { weights.draw(epoch: 0, position: $0) })
        #expect(drawn == Set(0..<100))
    }

    @Test("can go on at any position")
    func resumable() {
        let weights = ClassWeights(labels: Self.labels, power: 1, seed: 3)
        let whole = (0..<50).map { weights.draw(epoch: 2, position: $0) }
        let rest = (20..<50).map { weights.draw(epoch: 2, position: $0) }
        #expect(Array(whole[20...]) == rest)
        #expect(whole != (0..<50).map { weights.draw(epoch: 3, position: $0) })
    }
}
