import Checks

/// How a picture is stored in a file.
public struct PictureEncoding: Sendable, Hashable {
    /// The file format.
    public let format: PictureFormat
    /// JPEG and WebP: 1 to 100.
    let quality: Int
    /// WebP: whether every pixel is kept.
    let isLossless: Bool
    /// PNG: 0 (fast) to 9 (small).
    let compression: Int

    private init(
        format: PictureFormat,
        quality: Int = 90,
        isLossless: Bool = false,
        compression: Int = 6
    ) {
        precondition((1...100).contains(quality), "quality \(quality): 1 to 100 are possible")
        precondition((0...9).contains(compression), "compression \(compression): 0 to 9")
        self.format = format
        self.quality = quality
        self.isLossless = isLossless
        self.compression = compression
    }

    /// PNG, lossless, 8 or 16 bits, with usual compression.
    public static let png = png(compression: 6)
    /// JPEG at quality 90.
    public static let jpeg = jpeg(quality: 90)
    /// Lossy WebP at quality 90.
    public static let webp = webp(quality: 90)
    /// WebP that keeps every pixel; the colour beneath clear pixels only with newer libvips.
    public static let losslessWebP = PictureEncoding(format: .webp, isLossless: true)
    /// TIFF, lossless (deflate), 8 or 16 bits.
    public static let tiff = PictureEncoding(format: .tiff)

    /// PNG with a compression from 0 (none, fast) to 9 (small, slow).
    public static func png(compression: Int) -> PictureEncoding {
        PictureEncoding(format: .png, compression: compression)
    }

    /// JPEG with a quality from 1 to 100; alpha is laid over white, sixteen bits become eight.
    public static func jpeg(quality: Int) -> PictureEncoding {
        PictureEncoding(format: .jpeg, quality: quality)
    }

    /// Lossy WebP with a quality from 1 to 100; sixteen bits become eight.
    public static func webp(quality: Int) -> PictureEncoding {
        PictureEncoding(format: .webp, quality: quality)
    }

    /// The encoding that a file name's extension stands for.
    public init?(fileExtension: String) {
        switch PictureFormat(fileExtension: fileExtension) {
        case .png: self = .png
        case .jpeg: self = .jpeg
        case .webp: self = .webp
        case .tiff: self = .tiff
        case .gif, .heif, .jpegXL, .bmp, nil: return nil
        }
    }
}
