import Checks

/// A seeded shuffle of `0..<count`, a new one each epoch.
///
/// A pure function of seed and epoch: nothing has to be kept to go on with it.
/// Source: Fisher and Yates' shuffle in Durstenfeld's form, numbers from Philox.
public struct Permutation: Codable, Sendable, Equatable {
    /// How many elements are shuffled.
    public let count: Int

    /// The seed.
    public let seed: UInt64

    /// Makes a permutation of `0..<count`.
    ///
    /// - Precondition: `count` fits in 32 bits.
    public init(count: Int, seed: UInt64) {
        precondition(count >= 0 && count < Int(UInt32.max), "cannot shuffle \(count) elements")
        self.count = count
        self.seed = seed
    }

    /// The order of an epoch: every element once.
    public func order(epoch: Int) -> [Int] {
        var generator = Philox(seed: seed, stream: UInt32(truncatingIfNeeded: epoch))
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, generator.next(below: last + 1))
        }
        return order
    }
}
