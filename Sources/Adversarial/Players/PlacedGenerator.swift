import Foundation

/// Where a picture is put: turned about its middle, then moved.
public struct InputPlacement: Sendable, Equatable {
    /// To the right, in widths of the picture.
    public var right: Double
    /// Downwards, in heights of the picture.
    public var down: Double
    /// Degrees against the clock.
    public var degrees: Double

    /// A place.
    public init(right: Double = 0, down: Double = 0, degrees: Double = 0) {
        (self.right, self.down, self.degrees) = (right, down, degrees)
    }

    /// The matrix from places of the moved picture to those of the unmoved one, row by row.
    var inverse: [Double] {
        let (cosine, sine) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        return [
            cosine, -sine, sine * down - cosine * right,
            sine, cosine, -(sine * right + cosine * down),
            0, 0, 1,
        ]
    }
}

/// A generator whose pictures can be moved and turned before any layer sees them.
public protocol PlacedGenerator: Generator {
    /// Moves and turns pictures from now on; nothing for where the network puts them.
    func place(_ placement: InputPlacement?)
}

extension PlacedGenerator {
    /// The network itself.
    public var placed: (any PlacedGenerator)? { self }
}
