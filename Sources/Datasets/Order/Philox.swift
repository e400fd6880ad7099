import Checks

/// A counter-based generator: any number of a stream can be had without the ones before it.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011),
/// Philox4x32-10. The key is the seed; the counter is the stream, the element and the draw.
package struct Philox {
    private let key: (UInt32, UInt32)
    private let upper: (UInt32, UInt32)
    private var block: UInt64 = 0
    private var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    private var unused = 0

    /// The numbers of one stream.
    ///
    /// - Parameters:
    ///   - seed: The key.
    ///   - stream: Which stream of that key, such as an epoch.
    ///   - element: Which element of that stream, such as an example.
    package init(seed: UInt64, stream: UInt32, element: UInt32 = 0) {
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        upper = (element, stream)
    }

    /// The next 32 random bits.
    package mutating func next() -> UInt32 {
        if unused == 0 {
            words = Self.block(
                counter: (
                    UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32),
                    upper.0, upper.1
                ),
                key: key
            )
            block += 1
            unused = 4
        }
        unused -= 1
        switch unused {
        case 3: return words.0
        case 2: return words.1
        case 1: return words.2
        default: return words.3
        }
    }

    /// A number in `0..<bound`, each equally likely.
    ///
    /// Source: Lemire, "Fast random integer generation in an interval" (2019): the few products
    /// that would favour small numbers are drawn again.
    package mutating func next(below bound: Int) -> Int {
        precondition(bound > 0 && bound <= Int(UInt32.max), "bound \(bound) is out of range")
        let range = UInt64(bound)
        let threshold = (UInt64(1) << 32) % range
        while true {
            let product = UInt64(next()) * range
            if product & 0xFFFF_FFFF >= threshold { return Int(product >> 32) }
        }
    }

    /// A number in `0..<1` with 24 random bits, exact in `Float`.
    package mutating func nextUnit() -> Float {
        Float(next() >> 8) / 16_777_216
    }

    /// A number in `0..<1` with 53 random bits, exact in `Double`.
    package mutating func nextDouble() -> Double {
        let bits = UInt64(next()) << 32 | UInt64(next())
        return Double(bits >> 11) / 9_007_199_254_740_992
    }

    /// One block of the generator, as its authors define it.
    package static func block(
        counter: (UInt32, UInt32, UInt32, UInt32),
        key: (UInt32, UInt32)
    ) -> (UInt32, UInt32, UInt32, UInt32) {
        var (first, second, third, fourth) = counter
        var (keyA, keyB) = key
        for round in 0..<10 {
            if round > 0 {
                keyA &+= 0x9E37_79B9
                keyB &+= 0xBB67_AE85
            }
            let low = UInt64(first) * 0xD251_1F53
            let high = UInt64(third) * 0xCD9E_8D57
            (first, second, third, fourth) = (
                UInt32(high >> 32) ^ second ^ keyA, UInt32(truncatingIfNeeded: high),
                UInt32(low >> 32) ^ fourth ^ keyB, UInt32(truncatingIfNeeded: low)
            )
        }
        return (first, second, third, fourth)
    }
}
