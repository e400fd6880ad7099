/// A style of other latent numbers for some layers of a picture.
public struct StyleMix: Codable, Sendable, Equatable {
    /// The key of the numbers.
    public var seed: UInt64
    /// The layers that take it; the finer half where none are named.
    public var layers: Range<Int>?
    /// How much of it they take, 0 to 1.
    public var share: Double

    /// A style for some layers.
    public init(seed: UInt64, layers: Range<Int>? = nil, share: Double = 1) {
        (self.seed, self.layers, self.share) = (seed, layers, share)
    }
}
