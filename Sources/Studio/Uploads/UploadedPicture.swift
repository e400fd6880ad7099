import Foundation
import Imaging

/// A picture that someone sent: decoded within limits and encoded anew, never kept as sent.
struct UploadedPicture: Sendable {
    /// Bytes that a picture may have.
    static let mostBytes = 50 << 20
    /// Bytes that a mask may have.
    static let mostMaskBytes = 4 << 20

    /// The pixels.
    let picture: Picture
    /// What the file says of itself; not to be trusted.
    let metadata: PictureMetadata?
    /// The file that is kept.
    let file: Data

    private static let limits: DecodingLimits = {
        var limits = DecodingLimits.standard
        limits.formats = [.png, .jpeg, .webp, .heif, .jpegXL, .bmp]
        limits.refusesExtras = true
        return limits
    }()

    /// Reads what was sent.
    ///
    /// - Parameters:
    ///   - data: The file.
    ///   - name: What errors call it.
    ///   - limit: Bytes that it may have.
    /// - Throws: `APIError` for what is no picture, too large, damaged, or not safe.
    init(_ data: Data, name: String, limit: Int = mostBytes) throws {
        guard data.count <= limit else { throw APIError.tooLarge("'\(name)'", limit: limit) }
        do {
            picture = try Picture(decoding: data, name: name, limits: Self.limits)
            metadata = try? PictureMetadata(reading: data, name: name, limits: Self.limits)
            file = try picture.encoded(
                as: .png,
                metadata: PictureMetadata(software: nil, source: metadata?.source)
            )
        } catch let error as ImagingError {
            throw APIError.invalid(
                error.description,
                parameter: name,
                code: Self.isFormat(error) ? "invalid_image_format" : "invalid_image"
            )
        }
    }

    /// Whether anything of it is wholly transparent.
    var hasTransparency: Bool {
        guard picture.hasAlpha else { return false }
        let eight = picture.converted(depth: .eight)
        return stride(from: picture.channels - 1, to: eight.samples.count, by: picture.channels)
            .contains { eight.samples[$0] == 0 }
    }

    private static func isFormat(_ error: ImagingError) -> Bool {
        switch error {
        case .unknownFormat, .forbiddenFormat, .mislabelled, .empty, .noDecoder: true
        default: false
        }
    }
}
