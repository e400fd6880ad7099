import ImageMetrics

/// What one metric came to.
public struct Measurement: Codable, Sendable, Equatable {
    /// The figure's name, such as `fid_local`.
    public var name: String
    /// The figure.
    public var value: Double
    /// Half of the interval that would have it in 95 of 100 such samples, where that is known.
    public var half: Double?
    /// The ends of that interval, where they do not lie equally far from the figure.
    public var low: Double?
    /// The upper end.
    public var high: Double?
    /// Drawings that it was measured on.
    public var drawings: Int
    /// Real pictures beside them; 0 where there are none.
    public var real: Int
    /// Whether more is better; nothing where neither is.
    public var moreIsBetter: Bool?

    /// A figure.
    public init(
        _ name: String,
        _ value: Double,
        half: Double? = nil,
        drawings: Int,
        real: Int = 0,
        moreIsBetter: Bool? = nil
    ) {
        (self.name, self.value, self.half) = (name, value, half)
        (self.drawings, self.real, self.moreIsBetter) = (drawings, real, moreIsBetter)
    }

    /// A share of a sample with Wilson's interval; its half is that of the farther end.
    public static func share(
        _ name: String,
        _ value: Double,
        of count: Int,
        drawings: Int,
        real: Int
    ) -> Measurement {
        let ends = ShareInterval(value, of: count)
        var one = Measurement(
            name,
            value,
            half: max(ends.high - value, value - ends.low),
            drawings: drawings,
            real: real,
            moreIsBetter: true
        )
        (one.low, one.high) = (ends.low, ends.high)
        return one
    }
}

/// Why something was not measured.
public struct Omission: Codable, Sendable, Equatable {
    /// The metric's name.
    public var measure: String
    /// Why there is no figure.
    public var reason: String
}
