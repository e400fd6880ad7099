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

extension Exploration {
    /// What it can be told.
    static let fields =
        [
            TaskField("x", .number(-1...1), usual: 0.0),
            TaskField("y", .number(-1...1), usual: 0.0),
            TaskField("psi", .number(Limits.truncation)), TaskField("noise", .whole(Limits.key)),
        ] + (0..<layerLimit).map { TaskField("layer-\($0)", .whole(Limits.key)) }

    /// Takes it out of what a task is told.
    ///
    /// - Throws: `RequestProblem` for numbers that it cannot have.
    init(_ numbers: inout TaskNumbers) throws(RequestProblem) {
        let fields = Exploration.fields
        x = try numbers.number("x", of: fields) ?? 0
        y = try numbers.number("y", of: fields) ?? 0
        psi = try numbers.number("psi", of: fields)
        noise = try numbers.whole("noise", of: fields).map { UInt64($0) }
        for layer in 0..<Exploration.layerLimit {
            layers[layer] = try numbers.whole("layer-\(layer)", of: fields).map { UInt64($0) }
        }
    }

    /// Adds it to what a task is told.
    func write(_ numbers: inout TaskNumbers) {
        (numbers["x"], numbers["y"]) = (.number(x), .number(y))
        numbers["psi"] = psi.map { .number($0) }
        numbers["noise"] = noise.map { .number(Double($0)) }
        for (layer, key) in layers { numbers["layer-\(layer)"] = .number(Double(key)) }
    }
}
