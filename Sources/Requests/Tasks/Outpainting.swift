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

extension Outpainting {
    /// What it can be told.
    static let fields =
        [TaskField("zoom", .number(Limits.zoom))]
        + sides.map { TaskField($0, .number(Limits.marginShare)) }
        + sides.map { TaskField("\($0)-pixels", .whole(Limits.margin)) }
        + ["aspect-width", "aspect-height"].map { TaskField($0, .whole(Limits.aspect)) }

    private static let sides = Sides<Int>().named.map(\.name)

    /// Takes it out of what a task is told.
    ///
    /// - Throws: `RequestProblem` for numbers that it cannot have, and unless one way is named.
    init(_ numbers: inout TaskNumbers) throws(RequestProblem) {
        var ways: [Outpainting] = []
        let fields = Outpainting.fields
        if let zoom = try numbers.number("zoom", of: fields), zoom > 1 { ways.append(.zoom(zoom)) }
        var (shares, pixels) = (Sides<Double>(), Sides<Int>())
        shares.left = try numbers.number("left", of: fields) ?? 0
        shares.right = try numbers.number("right", of: fields) ?? 0
        shares.top = try numbers.number("top", of: fields) ?? 0
        shares.bottom = try numbers.number("bottom", of: fields) ?? 0
        if !shares.isNone { ways.append(.shares(shares)) }
        pixels.left = try numbers.whole("left-pixels", of: fields) ?? 0
        pixels.right = try numbers.whole("right-pixels", of: fields) ?? 0
        pixels.top = try numbers.whole("top-pixels", of: fields) ?? 0
        pixels.bottom = try numbers.whole("bottom-pixels", of: fields) ?? 0
        if !pixels.isNone { ways.append(.pixels(pixels)) }
        let width = try numbers.whole("aspect-width", of: fields)
        let height = try numbers.whole("aspect-height", of: fields)
        if width != nil || height != nil {
            ways.append(.aspect(width: width ?? 1, height: height ?? 1))
        }
        guard ways.count == 1 else {
            throw RequestProblem(
                "numbers",
                expects: "one of sides above 0, a shape, and a zoom above 1",
                found: ways.isEmpty ? "none" : "\(ways.count) of them"
            )
        }
        self = ways[0]
    }

    /// Adds it to what a task is told.
    func write(_ numbers: inout TaskNumbers) {
        switch self {
        case .zoom(let zoom): numbers["zoom"] = .number(zoom)
        case .shares(let sides):
            for (name, share) in sides.named where share > 0 { numbers[name] = .number(share) }
        case .pixels(let sides):
            for (name, pixels) in sides.named where pixels > 0 {
                numbers["\(name)-pixels"] = .number(Double(pixels))
            }
        case .aspect(let width, let height):
            numbers["aspect-width"] = .number(Double(width))
            numbers["aspect-height"] = .number(Double(height))
        }
    }
}

/// A number for each side of a picture.
public struct Sides<Number: Sendable & Equatable & AdditiveArithmetic>: Sendable, Equatable {
    /// At the left.
    public var left: Number
    /// At the right.
    public var right: Number
    /// How much is drawn above the picture.
    public var top: Number
    /// How much is drawn below the picture.
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
