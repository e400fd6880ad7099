/// What is kept of a figure that was measured many times.
public struct Statistic: Sendable, Equatable {
    /// How many times it was measured.
    public var count: Int
    /// The mean; not a number when a measurement was none.
    public var mean: Double
    /// The standard deviation of the measurements themselves.
    public var deviation: Double

    /// A figure that was measured once.
    public init(_ value: Double) {
        self.init(count: 1, mean: value, deviation: 0)
    }

    /// A figure with its spread.
    public init(count: Int, mean: Double, deviation: Double) {
        self.count = count
        self.mean = mean
        self.deviation = deviation
    }
}

extension Statistic: Codable {
    enum CodingKeys: String, CodingKey {
        case count = "num"
        case mean
        case deviation = "std"
    }

    /// Reads `num`, `mean` and `std`; what is `null` is not a number.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        count = try container.decode(Int.self, forKey: .count)
        mean = try container.decodeIfPresent(Double.self, forKey: .mean) ?? .nan
        deviation = try container.decodeIfPresent(Double.self, forKey: .deviation) ?? .nan
    }

    /// Writes `num`, `mean` and `std`; what JSON has no word for is `null`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(mean.isFinite ? mean : nil, forKey: .mean)
        try container.encode(deviation.isFinite ? deviation : nil, forKey: .deviation)
    }
}
