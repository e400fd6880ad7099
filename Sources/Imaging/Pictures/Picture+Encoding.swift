import CVips
import Files
import Foundation

extension Picture {
    /// The picture as the bytes of a file.
    ///
    /// - Parameters:
    ///   - encoding: The format and its options.
    ///   - metadata: What the file says about the picture.
    /// - Returns: The whole file.
    /// - Throws: `ImagingError/notEncoded(format:reason:)`.
    public func encoded(
        as encoding: PictureEncoding,
        metadata: PictureMetadata? = nil
    ) throws -> Data {
        let format = encoding.format
        var picture = self
        if format == .jpeg { picture = picture.flattened() }
        if format == .jpeg || format == .webp { picture = picture.converted(depth: .eight) }
        let packet = format == .png ? nil : metadata?.xmp
        if format == .jpeg, let size = packet?.utf8.count, size > PictureMetadata.jpegLimit {
            throw ImagingError.notEncoded(
                format: format,
                reason: "metadata of \(size) bytes, JPEG holds \(PictureMetadata.jpegLimit)"
            )
        }
        let data: Data
        do {
            data = try picture.withVipsPixels { pixels in
                try VipsCall.data { memory, count, message in
                    func encode(_ text: UnsafePointer<CChar>?) -> Int32 {
                        var pixels = pixels
                        var options = cvips_encoding(
                            format: format.code,
                            quality: Int32(encoding.quality),
                            lossless: encoding.isLossless ? 1 : 0,
                            compression: Int32(encoding.compression),
                            xmp: text
                        )
                        return cvips_encode(&pixels, &options, memory, count, message)
                    }
                    return packet?.withCString(encode) ?? encode(nil)
                }
            }
        } catch let failure as VipsCall.Failure {
            throw ImagingError.notEncoded(format: format, reason: failure.reason)
        }
        guard format == .png, let metadata else { return data }
        return try metadata.inserted(intoPNG: data)
    }

    /// Writes a file whole or not at all: to a temporary name beside it, synced, then renamed.
    ///
    /// - Parameters:
    ///   - url: Where; unless an encoding is given, its extension says in which format.
    ///   - encoding: The format and its options.
    ///   - metadata: What the file says about the picture.
    /// - Throws: `ImagingError`.
    public func write(
        to url: URL,
        as encoding: PictureEncoding? = nil,
        metadata: PictureMetadata? = nil
    ) throws {
        guard let encoding = encoding ?? PictureEncoding(fileExtension: url.pathExtension) else {
            throw ImagingError.notWritten(
                name: url.path,
                reason: """
                    expected a name ending in .png, .jpg, .webp or .tif, found \
                    '.\(url.pathExtension)'
                    """
            )
        }
        let data = try encoded(as: encoding, metadata: metadata)
        do {
            try AtomicFile.write(data, to: url)
        } catch {
            throw ImagingError.notWritten(name: url.path, reason: "\(error)")
        }
    }
}
