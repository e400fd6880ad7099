import ImageMetrics

/// What can be measured of pictures.
public enum Measure: String, CaseIterable, Codable, Sendable {
    /// The Fréchet distance of features.
    case fid
    /// The same for endlessly many drawings.
    case fidLimit = "fid-limit"
    /// The kernel distance of features.
    case kid
    /// How surely and how evenly a classifier names drawings.
    case inception = "is"
    /// Precision and recall.
    case precisionRecall = "pr"
    /// Density and coverage.
    case densityCoverage = "dc"
    /// The mean of the Fréchet distances within each class.
    case classFID = "ifid"
    /// How well a classifier that learned from drawings tells real pictures, and the reverse.
    case classification = "cas"
    /// How differently patches are distributed.
    case slicedDistance = "swd"
    /// How alike drawings of a class are.
    case similarity = "ms-ssim"
    /// How near drawings lie to training pictures.
    case memory = "memory"
    /// How near pictures made from their codes are.
    case remaking = "rfid"
    /// How far pictures move for a small step of what they are drawn from.
    case path = "ppl"
    /// Bits for each number of held-out pictures.
    case bits

    /// What it is, in a line.
    public var summary: String {
        switch self {
        case .fid: "Fréchet distance of features"
        case .fidLimit: "Fréchet distance, extrapolated to endlessly many drawings"
        case .kid: "kernel distance of features"
        case .inception: "how surely and evenly a classifier names drawings"
        case .precisionRecall: "precision and recall, 3 neighbours"
        case .densityCoverage: "density and coverage, 5 neighbours"
        case .classFID: "mean Fréchet distance within each class"
        case .classification: "accuracy of classifiers from drawings to real pictures, and back"
        case .slicedDistance: "sliced Wasserstein distance of patches, times 1000"
        case .similarity: "MS-SSIM of pairs of drawings of a class"
        case .memory: "distance to the nearest training picture, beside held-out pictures"
        case .remaking: "Fréchet distance and PSNR of pictures made from their codes"
        case .path: "perceptual path length"
        case .bits: "bits per dimension of held-out pictures"
        }
    }
}

/// What one measure came to.
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
    static func share(
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
    /// What.
    public var measure: Measure
    /// Why.
    public var reason: String
}
