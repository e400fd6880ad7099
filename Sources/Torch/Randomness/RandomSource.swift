import CTorch
import Checks

/// An explicit source of random numbers: every draw names where its numbers come from.
///
/// Counter-based (Philox 4x32-10), so a draw is a function of (seed, stream, position) alone:
/// the same on every thread count, and restored by three numbers.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public final class RandomSource {
    /// All there is to a source; two sources with equal states draw the same numbers.
    public struct State: Codable, Sendable, Hashable {
        /// The key.
        public var seed: UInt64
        /// Independent sequences under one seed: a picture's index, a purpose.
        public var stream: UInt64
        /// Blocks of four 32-bit numbers drawn so far.
        public var position: UInt64

        /// A state.
        public init(seed: UInt64, stream: UInt64 = 0, position: UInt64 = 0) {
            self.seed = seed
            self.stream = stream
            self.position = position
        }
    }

    /// Where the source stands; set it to go on from a saved place.
    public var state: State

    /// A source at the start of its sequence.
    public init(seed: UInt64, stream: UInt64 = 0) {
        state = State(seed: seed, stream: stream)
    }

    /// A source that goes on from a saved place.
    public init(state: State) { self.state = state }

    /// A source whose stream is told by a name, so that purposes do not disturb each other.
    public convenience init(seed: UInt64, purpose: String) {
        // FNV-1a: stable across versions and machines, unlike Swift's own hashing.
        let stream = purpose.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        self.init(seed: seed, stream: stream)
    }

    /// The state before a draw of that many blocks, which the source then has behind it.
    package func advance(blocks: Int) -> State {
        let before = state
        state.position &+= UInt64(blocks)
        return before
    }

    /// The next 64 random bits.
    public func next() -> UInt64 {
        let place = advance(blocks: 1)
        return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4) { words in
            ctorch_random_block(place.seed, place.stream, place.position, words.baseAddress)
            return UInt64(words[0]) << 32 | UInt64(words[1])
        }
    }

    /// The next number in 0 ..< 1.
    public func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// The next whole number in 0 ..< bound, each equally likely.
    ///
    /// - Precondition: the bound is positive.
    public func next(below bound: Int) -> Int {
        precondition(bound > 0, "expected a positive bound, found \(bound)")
        let limit = UInt64(bound)
        let threshold = (0 &- limit) % limit
        while true {
            let (high, low) = limit.multipliedFullWidth(by: next())
            if low >= threshold { return Int(high) }
        }
    }
}

@available(*, unavailable)
extension RandomSource: Sendable {}
