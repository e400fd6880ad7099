import CVips
import Foundation

extension Picture {
    /// Decodes a file in memory: PNG, JPEG, WebP, TIFF or GIF (first frame), told by content.
    ///
    /// The picture is turned upright; palettes become RGB or RGBA; CMYK and embedded colour
    /// profiles become sRGB (grey stays grey, a broken profile is ignored).
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - name: What errors call it.
    ///   - limits: What is allowed, checked before any pixel is decoded.
    /// - Throws: `ImagingError`.
    public init(decoding data: Data, name: String, limits: DecodingLimits = .standard) throws {
        let file = try FileInspection(data, name: name, limits: limits)
        do {
            self = try file.payload.withUnsafeBytes { bytes in
                try VipsCall.picture { target, message in
                    cvips_decode(
                        bytes.baseAddress,
                        bytes.count,
                        file.format.code,
                        limits.refusesDamage ? 1 : 0,
                        target,
                        message
                    )
                }
            }
        } catch let failure as VipsCall.Failure {
            let header = file.header
            throw FileInspection.error(
                name: name,
                format: file.format,
                expected: "\(header.width)×\(header.height) pixels in \(data.count) bytes",
                reason: failure.reason
            )
        }
    }

    /// Decodes a file; its name must not say another format than its content.
    ///
    /// - Throws: `ImagingError`.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        let data = try PictureFile.read(url, limits: limits)
        if !limits.allowsMislabelled, let format = PictureFormat(magic: data) {
            try PictureFile.checkLabel(url, found: format)
        }
        try self.init(decoding: data, name: url.path, limits: limits)
    }
}
