/// What to draw.
public struct DrawingRequest: Sendable, Equatable {
    /// The key of all random numbers.
    public var seed: UInt64
    /// Which pictures of the seed's endless row.
    public var indices: [Int]
    /// The class by name or number; nothing for one after the other.
    public var className: String?

    /// A request for the first pictures of a seed.
    public init(seed: UInt64, count: Int, className: String? = nil) {
        self.init(seed: seed, indices: Array(0..<count), className: className)
    }

    /// A request for certain pictures of a seed.
    public init(seed: UInt64, indices: [Int], className: String? = nil) {
        self.seed = seed
        self.indices = indices
        self.className = className
    }
}
