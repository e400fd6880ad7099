/// A part of a picture, in pixels.
public struct Region: Codable, Sendable, Equatable {
    /// Pixels at its left.
    public var left: Int
    /// Pixels above it.
    public var top: Int
    /// How wide it is.
    public var width: Int
    /// How high it is.
    public var height: Int

    /// A part.
    public init(left: Int, top: Int, width: Int, height: Int) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }
}
