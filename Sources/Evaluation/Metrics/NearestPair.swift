import Foundation

/// A drawing and the training picture that it lies nearest to.
public struct NearestPair: Codable, Sendable, Equatable {
    /// The drawing's name or number.
    public var drawing: String
    /// The training picture's name.
    public var training: String
    /// How far they lie apart by the features.
    public var distance: Double
    /// Whether no held-out picture lies as near to a training picture; nothing where none was held out.
    public var isNearerThanHeldOut: Bool?

    /// The pair for people.
    public var sentence: String {
        let mark = isNearerThanHeldOut == true ? ", nearer than any held-out picture to one" : ""
        return "\(drawing) lies \(String(format: "%.4g", distance)) from \(training)\(mark)"
    }
}
