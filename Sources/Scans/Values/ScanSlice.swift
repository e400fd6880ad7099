import Imaging

/// The values of one slice, row after row, and how they are meant to be seen.
public struct ScanSlice: Sendable, Equatable {
    /// How many values a row has.
    public let width: Int
    /// How many rows there are.
    public let height: Int
    /// The values in their own unit, rows from the top.
    public let values: [Double]
    /// The sides of a value on paper: to the right and down; equal where the file does not say.
    ///
    /// Units: millimetres.
    public let spacing: (x: Double, y: Double)
    /// What the file itself wants to be seen.
    public let window: ValueRange?
    /// All that the file's numbers can say.
    public let storable: ValueRange?
    /// Whether low values are to be seen bright.
    public let isInverted: Bool

    /// Puts a slice together; nothing where there are not as many values as the sides need.
    public init?(
        width: Int,
        height: Int,
        values: [Double],
        spacing: (x: Double, y: Double) = (1, 1),
        window: ValueRange? = nil,
        storable: ValueRange? = nil,
        isInverted: Bool = false
    ) {
        let (count, isOver) = width.multipliedReportingOverflow(by: height)
        guard width > 0, height > 0, !isOver, values.count == count else { return nil }
        (self.width, self.height, self.values) = (width, height, values)
        let isSaid = spacing.x.isFinite && spacing.y.isFinite && spacing.x > 0 && spacing.y > 0
        self.spacing = isSaid ? spacing : (1, 1)
        (self.window, self.storable, self.isInverted) = (window, storable, isInverted)
    }

    /// A grey picture of sixteen bits, a pixel for each value.
    ///
    /// A whole number of a range of at most 65,536 keeps a grey of its own, so that nothing is lost within it.
    ///
    /// - Parameter range: What is shown from black to white; without one, all values are equal and black.
    /// - Returns: The picture.
    public func picture(_ range: ValueRange?) -> Picture {
        let (low, scale) = range.map { ($0.low, 65_535 / ($0.high - $0.low)) } ?? (0, 0)
        let samples = values.map { value -> UInt16 in
            let grey = ((value - low) * scale).rounded()
            // What is no number is black.
            let kept = grey > 0 ? UInt16(min(grey, 65_535)) : 0
            return isInverted ? 65_535 - kept : kept
        }
        return Picture(width: width, height: height, channels: 1, sixteenBitSamples: samples)
    }

    /// The most pixels that stretching makes.
    private static let mostPixels = 16.0 * 1_048_576

    /// A grey picture of sixteen bits whose pixels are as wide as high: the longer side of a value is stretched.
    ///
    /// Values more than 64 times as long as wide stay as they are, as does what would become very large.
    ///
    /// - Parameter range: What is shown from black to white.
    /// - Returns: The picture.
    public func squarePicture(_ range: ValueRange?) -> Picture {
        let picture = picture(range)
        let ratio = spacing.y / spacing.x
        guard abs(ratio - 1) > 0.01, ratio > 1.0 / 64, ratio < 64 else { return picture }
        let wanted =
            ratio > 1
            ? (Double(width), Double(height) * ratio) : (Double(width) / ratio, Double(height))
        guard wanted.0 * wanted.1 <= ScanSlice.mostPixels else { return picture }
        return picture.resized(
            width: max(Int(wanted.0.rounded()), 1),
            height: max(Int(wanted.1.rounded()), 1),
            kernel: .linear
        )
    }

    /// Whether all is the same.
    public static func == (one: ScanSlice, other: ScanSlice) -> Bool {
        one.width == other.width && one.height == other.height && one.values == other.values
            && one.spacing == other.spacing && one.window == other.window
            && one.storable == other.storable && one.isInverted == other.isInverted
    }
}
