import Checks
import Foundation

/// Draws examples with replacement so that rare classes come up more often.
///
/// A class of n examples has the weight n^(1 − power) in all, each of its examples n^(−power):
/// power 0 leaves the set as it is, power 1 makes all classes equally likely. Examples without a
/// label count as a class of their own. Each draw is a pure function of seed, epoch and position.
public struct ClassWeights: Sendable, Equatable {
    /// How strongly rare classes are favoured, 0 to 1.
    public let power: Double

    /// The seed.
    public let seed: UInt64

    /// The examples of each class, and the running sums of the class weights.
    private let members: [[Int]]
    private let sums: [Double]

    /// Counts the classes and weighs them.
    ///
    /// - Precondition: there is at least one label, and `power` is finite.
    public init(labels: [Int], power: Double, seed: UInt64) {
        precondition(!labels.isEmpty && power.isFinite, "no labels, or power \(power)")
        self.power = power
        self.seed = seed
        var classes: [Int: [Int]] = [:]
        for (index, label) in labels.enumerated() { classes[label, default: []].append(index) }
        members = classes.sorted { $0.key < $1.key }.map(\.value)
        var total = 0.0
        sums = members.map { indices in
            total += pow(Double(indices.count), 1 - power)
            return total
        }
    }

    /// The example drawn at a position of an epoch.
    public func draw(epoch: Int, position: Int) -> Int {
        var generator = Philox(
            seed: seed,
            stream: UInt32(truncatingIfNeeded: epoch),
            element: UInt32(truncatingIfNeeded: position)
        )
        let point = generator.nextDouble() * (sums.last ?? 0)
        let chosen = members[min(Self.firstIndex(above: point, in: sums), members.count - 1)]
        return chosen[generator.next(below: chosen.count)]
    }

    /// The probability that a draw gives an example of the n-th class, in the order of the labels.
    public var classProbabilities: [Double] {
        let total = sums.last ?? 1
        return sums.indices.map { (sums[$0] - ($0 > 0 ? sums[$0 - 1] : 0)) / total }
    }

    private static func firstIndex(above point: Double, in sums: [Double]) -> Int {
        var low = 0
        var high = sums.count
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > point { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
