/// What a picture file may be and how large, checked before any pixel is decoded.
public struct DecodingLimits: Sendable, Hashable {
    /// The formats that are read.
    public var formats: Set<PictureFormat> = Set(PictureFormat.allCases)
    /// Most pixels.
    public var maximumPixels = 64 * 1_048_576
    /// Most pixels along one side.
    public var maximumSide = 16_384
    /// Most bytes of a file.
    public var maximumBytes = 256 * 1_048_576
    /// Most bytes of one text or profile inside a file, inflated.
    public var maximumTextBytes = 1_048_576
    /// Most bytes of all texts inside a file, inflated.
    public var maximumTotalTextBytes = 64 * 1_048_576
    /// Most chunks of a PNG beside its image data.
    public var maximumChunks = 10_000
    /// Most scans of a progressive JPEG.
    public var maximumScans = 256
    /// Whether damage that a decoder can paper over is an error.
    public var refusesDamage = true
    /// Whether animations and bytes after the end of a PNG are errors.
    public var refusesExtras = false
    /// Whether a file's name may say another format than its content.
    public var allowsMislabelled = false

    /// Makes the standard limits, to be changed one by one.
    public init() {}

    /// Limits for files of the user's own.
    public static let standard = DecodingLimits()

    /// Limits for files from strangers: PNG, JPEG and WebP up to 50 MiB and nothing else in them.
    public static let upload: DecodingLimits = {
        var limits = DecodingLimits()
        limits.formats = [.png, .jpeg, .webp]
        limits.maximumBytes = 50 * 1_048_576
        limits.refusesExtras = true
        limits.allowsMislabelled = true
        return limits
    }()
}
