import CVips
import Foundation

/// What a picture file says about itself before any pixel is decoded.
public struct ImageHeader: Sendable, Hashable {
    /// The format, told by the first bytes.
    public let format: PictureFormat
    /// The width of the decoded picture, turned upright.
    public let width: Int
    /// The height of the decoded picture, turned upright.
    public let height: Int
    /// The channels of the decoded picture.
    public let channels: Int
    /// The depth of the decoded picture.
    public let depth: SampleDepth
    /// How the stored picture is turned (EXIF, 1 to 8); 1 is upright.
    public let orientation: Int
    /// How many pages or frames there are; the first is the one that is read.
    public let pages: Int

    /// Reads a file's header and holds it against the limits.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - name: What errors call it.
    ///   - limits: What is allowed.
    /// - Returns: The header.
    /// - Throws: `ImagingError`.
    public static func read(
        _ data: Data,
        name: String,
        limits: DecodingLimits = .standard
    ) throws -> ImageHeader {
        try FileInspection(data, name: name, limits: limits).header
    }

    /// Reads the header of a file.
    ///
    /// - Throws: `ImagingError`.
    public static func read(
        contentsOf url: URL,
        limits: DecodingLimits = .standard
    ) throws -> ImageHeader {
        try read(
            PictureFile.read(url, limits: limits),
            name: url.path,
            limits: limits
        )
    }
}
