/// A place among all that a model can draw.
public struct Exploration: Codable, Sendable, Equatable {
    /// From the seed's picture, 0, to the next of its row, 1; −1 is what is opposite of it.
    public var x = 0.0
    /// From the seed's picture, 0, to the one after the next, 1.
    public var y = 0.0
    /// The key of the noise that gives details; nothing for the model's own.
    public var noise: UInt64?
    /// Keys of other styles, by layer.
    public var layers: [Int: UInt64] = [:]

    /// Layers that can be named.
    public static let layerLimit = 64

    /// What remains of the distance to the mean picture; as usual where nothing is said.
    public var psi: Double?

    /// The seed's picture itself.
    public init() {}
}
