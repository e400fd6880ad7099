/// Two values of a scan, the lower shown black and the higher white.
public struct ValueRange: Sendable, Codable, Equatable {
    /// What is shown black, as all below it.
    public let low: Double
    /// What is shown white, as all above it.
    public let high: Double

    /// All greys of sixteen bits.
    public static let greys = ValueRange(low: 0, high: 65_535)

    private init(low: Double, high: Double) { (self.low, self.high) = (low, high) }

    /// A range; nothing where a bound is no number or the lower is not below the higher.
    public init?(_ low: Double, _ high: Double) {
        guard low.isFinite, high.isFinite, low < high, (high - low).isFinite else { return nil }
        (self.low, self.high) = (low, high)
    }

    /// The range of a window by its centre and width, both bounds in it.
    ///
    /// - Returns: Nothing for a width that is no number above 0.
    public static func window(centre: Double, width: Double) -> ValueRange? {
        ValueRange(centre - width / 2, centre + width / 2)
    }

    /// The range of a window as DICOM's linear function has it, whose width counts whole values.
    ///
    /// Source: DICOM PS3.3, C.11.2.1.2.1.
    ///
    /// - Returns: Nothing for a width of 1 or less.
    static func linear(centre: Double, width: Double) -> ValueRange? {
        ValueRange(centre - 0.5 - (width - 1) / 2, centre - 0.5 + (width - 1) / 2)
    }

    /// The least and the greatest of values that are numbers; nothing where all are equal.
    public static func full(_ values: some Sequence<Double>) -> ValueRange? {
        var (low, high) = (Double.infinity, -Double.infinity)
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        return ValueRange(low, high)
    }

    /// What all but the lowest and the highest hundredth of values lie in; nothing where they are equal.
    public static func robust(_ values: [Double]) -> ValueRange? {
        let sorted = values.filter(\.isFinite).sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let edge = sorted.count / 100
        return ValueRange(sorted[edge], sorted[sorted.count - 1 - edge]) ?? ValueRange(first, last)
    }
}
