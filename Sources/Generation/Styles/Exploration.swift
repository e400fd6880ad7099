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

    /// The seed's picture itself.
    public init() {}

    /// As the record of a picture has it.
    var numbers: [String: Double] {
        var numbers = ["x": x, "y": y]
        numbers["noise"] = noise.map { Double($0) }
        for (layer, seed) in layers { numbers["layer-\(layer)"] = Double(seed) }
        return numbers
    }
}
