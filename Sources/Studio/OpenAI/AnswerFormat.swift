import Foundation
import Imaging

/// The format in which a client of the OpenAI interface wants a picture.
struct AnswerFormat: Sendable {
    /// `png`, `jpeg` or `webp`.
    var name: String
    /// Of JPEG and WebP, in 1 to 100.
    var quality: Int
    /// Whether nothing may be transparent.
    var isOpaque: Bool
    /// The size that was asked for; nothing: as it was drawn.
    var size: PictureSize?

    /// What answers call it.
    var mediaType: String { "image/\(name)" }

    /// A picture in the format, with all its metadata.
    func encoded(_ png: Data) throws -> Data {
        guard name != "png" || isOpaque || size != nil else { return png }
        var picture = try Picture(decoding: png, name: "picture")
        let metadata = try PictureMetadata(reading: png, name: "picture")
        if let size { picture = size.fitted(picture) }
        if isOpaque { picture = picture.flattened() }
        let encoding: PictureEncoding =
            switch name {
            case "jpeg": .jpeg(quality: quality)
            case "webp": .webp(quality: quality)
            default: .png
            }
        return try picture.encoded(as: encoding, metadata: metadata)
    }
}
