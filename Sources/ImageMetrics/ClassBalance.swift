import Checks
import Foundation

/// How evenly drawings fall into classes, as a classifier sees them.
public struct ClassBalance: Sendable, Equatable {
    /// The share of each class.
    public let shares: [Double]

    /// The balance of pictures seen as these classes.
    ///
    /// - Precondition: each in 0 ..< classes, one picture at least.
    public init(_ seen: [Int], classes: Int) {
        precondition(!seen.isEmpty, "no picture was seen")
        var counts = [Int](repeating: 0, count: classes)
        for name in seen { counts[name] += 1 }
        shares = counts.map { Double($0) / Double(seen.count) }
    }

    /// The entropy of the shares over its largest value: 1 when all classes are drawn alike, 0
    /// when only one is.
    public var evenness: Double {
        guard shares.count > 1 else { return 1 }
        return -shares.reduce(0) { $0 + ($1 > 0 ? $1 * log($1) : 0) } / log(Double(shares.count))
    }

    /// Half the sum of differences from shares that are all alike: 0 to nearly 1.
    public var distanceFromEven: Double {
        shares.reduce(0) { $0 + abs($1 - 1 / Double(shares.count)) } / 2
    }
}
