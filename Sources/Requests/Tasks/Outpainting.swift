/// How a picture goes on beyond its sides.
public enum Outpainting: Sendable, Equatable {
    /// By so many pixels at each side.
    case pixels(Sides<Int>)
    /// By so much of its width at the left and right, of its height above and below.
    case shares(Sides<Double>)
    /// Until it has a shape, width to height; nothing is cut off.
    case aspect(width: Int, height: Int)
    /// In the same size, the picture itself being smaller by so much.
    case zoom(Double)
}

/// A number for each side of a picture.
public struct Sides<Number: Sendable & Equatable & AdditiveArithmetic>: Sendable, Equatable {
    /// At the left.
    public var left: Number
    /// At the right.
    public var right: Number
    /// Above.
    public var top: Number
    /// Below.
    public var bottom: Number

    /// Nothing at sides that are not named.
    public init(
        left: Number = .zero,
        right: Number = .zero,
        top: Number = .zero,
        bottom: Number = .zero
    ) {
        (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
    }

    /// The sides with their names.
    public var named: [(name: String, number: Number)] {
        [("left", left), ("right", right), ("top", top), ("bottom", bottom)]
    }

    /// Whether there is nothing at any side.
    public var isNone: Bool { named.allSatisfy { $0.number == .zero } }

    /// Other numbers for the sides.
    ///
    /// - Parameters:
    ///   - across: Changes those at the left and right.
    ///   - along: Changes those above and below.
    /// - Returns: The changed numbers.
    public func mapped<Other>(
        across: (Number) -> Other,
        along: (Number) -> Other
    ) -> Sides<Other> {
        Sides<Other>(
            left: across(left),
            right: across(right),
            top: along(top),
            bottom: along(bottom)
        )
    }
}
