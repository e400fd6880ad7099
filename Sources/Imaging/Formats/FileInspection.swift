import CVips
import Foundation

/// The checks before a file is decoded: format, sizes, structure.
package struct FileInspection {
    let name: String
    let format: PictureFormat
    let header: ImageHeader
    /// What the decoder gets to see: for PNG without texts and other chunks it does not need.
    let payload: Data

    init(_ data: Data, name: String, limits: DecodingLimits) throws {
        self.name = name
        guard !data.isEmpty else { throw ImagingError.empty(name: name) }
        func bound(_ what: String, _ found: Int, _ limit: Int) throws {
            guard found <= limit else {
                throw ImagingError.tooLarge(name: name, what: what, found: found, limit: limit)
            }
        }
        try bound("bytes", data.count, limits.maximumBytes)
        guard let format = PictureFormat(magic: data) else {
            throw ImagingError.unknownFormat(name: name, found: PictureFormat.guess(data))
        }
        self.format = format
        guard limits.formats.contains(format) else {
            let allowed = PictureFormat.allCases.filter(limits.formats.contains)
            throw ImagingError.forbiddenFormat(name: name, found: format, allowed: allowed)
        }
        func boundSides(_ width: Int, _ height: Int) throws {
            guard width > 0, height > 0 else {
                throw ImagingError.corrupt(
                    name: name,
                    format: format,
                    expected: "sides of at least 1",
                    found: "\(width)×\(height)"
                )
            }
            try bound("pixels wide", width, limits.maximumSide)
            try bound("pixels high", height, limits.maximumSide)
            try bound("pixels", width * height, limits.maximumPixels)
        }
        switch format {
        case .png:
            let file = try PNGFile(data, name: name, limits: limits)
            try boundSides(file.width, file.height)
            try file.checkImageData()
            try file.checkTexts(limits: limits)
            payload = file.decodablePart
        case .jpeg:
            try bound(
                "scans",
                JPEGScans.count(data, upTo: limits.maximumScans),
                limits.maximumScans
            )
            payload = data
        case .webp:
            // Bytes 4 to 7, the lowest first: how many bytes follow them.
            let size = data.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) } + 8
            guard data.count >= size else {
                throw ImagingError.truncated(
                    name: name,
                    format: format,
                    expected: "\(size) bytes",
                    found: "\(data.count)"
                )
            }
            payload = data
        case .tiff, .gif, .heif, .jpegXL, .bmp:
            payload = data
        }
        header = try FileInspection.header(of: payload, format: format, name: name)
        try boundSides(header.width, header.height)
        if limits.refusesExtras, header.pages > 1 {
            throw ImagingError.unsupported(
                name: name,
                format: format,
                reason: "expected one picture, found \(header.pages)"
            )
        }
    }

    /// Reads the header with libvips.
    private static func header(
        of data: Data,
        format: PictureFormat,
        name: String
    ) throws -> ImageHeader {
        try Vips.start()
        guard format.isReadable else { throw ImagingError.noDecoder(name: name, format: format) }
        var header = cvips_header()
        do {
            try data.withUnsafeBytes { bytes in
                try VipsCall.run {
                    cvips_read_header(bytes.baseAddress, bytes.count, format.code, &header, $0)
                }
            }
        } catch let failure as VipsCall.Failure {
            throw error(
                name: name,
                format: format,
                expected: "a header that makes sense",
                reason: failure.reason
            )
        }
        let isTurned = header.orientation >= 5
        let width = Int(isTurned ? header.height : header.width)
        let height = Int(isTurned ? header.width : header.height)
        let channels = header.cmyk != 0 ? Int(header.bands) - 1 : Int(header.bands)
        guard header.bytes_per_sample > 0, (1...4).contains(channels) else {
            throw ImagingError.unsupported(
                name: name,
                format: format,
                reason: """
                    expected 1 to 4 channels of 8 or 16 bits, found \(channels) channels\
                    \(header.bytes_per_sample > 0 ? "" : " of other samples")
                    """
            )
        }
        return ImageHeader(
            format: format,
            width: width,
            height: height,
            channels: channels,
            depth: header.bytes_per_sample == 2 ? .sixteen : .eight,
            orientation: Int(header.orientation),
            pages: Int(header.pages)
        )
    }
}

extension FileInspection {
    /// Tells by what a decoder said a file that no decoder is there for, one that ends early, and one
    /// that is damaged.
    package static func error(
        name: String,
        format: PictureFormat,
        expected: String,
        reason: String
    ) -> ImagingError {
        // Containers are read by one library and what is in them by another, which may be missing.
        let lacks = ["unsupported codec", "no decoding plugin", "no decode delegate"]
        if lacks.contains(where: reason.lowercased().contains) {
            return .unsupported(
                name: name,
                format: format,
                reason: "\(reason); install \(format.decoder), or convert the file to PNG or JPEG"
            )
        }
        let signs = [
            "truncated", "premature", "end of", "not enough", "bad seek", "seek error",
            "read error at", "can not read", "io error", "no frames",
        ]
        guard signs.contains(where: reason.lowercased().contains) else {
            return .corrupt(name: name, format: format, expected: expected, found: reason)
        }
        return .truncated(name: name, format: format, expected: expected, found: reason)
    }

    /// The XMP packet of a JPEG, WebP or TIFF file; nil where there is none.
    ///
    /// - Throws: `ImagingError`.
    func xmp(limit: Int) throws -> String? {
        try block("XMP", limit: limit, cvips_read_xmp).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The Exif block of a file; nil where there is none.
    ///
    /// - Throws: `ImagingError`.
    func exif(limit: Int) throws -> Data? {
        try block("Exif", limit: limit, cvips_read_exif)
    }

    private typealias Reader = (
        UnsafeRawPointer?, Int, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
        UnsafeMutablePointer<Int>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    ) -> Int32

    private func block(_ kind: String, limit: Int, _ read: Reader) throws -> Data? {
        do {
            let data = try payload.withUnsafeBytes { bytes in
                try VipsCall.data { memory, count, message in
                    read(
                        bytes.baseAddress,
                        bytes.count,
                        format.code,
                        memory,
                        count,
                        message
                    )
                }
            }
            guard data.count <= limit else {
                throw ImagingError.tooLarge(
                    name: name,
                    what: "bytes of \(kind)",
                    found: data.count,
                    limit: limit
                )
            }
            return data.isEmpty ? nil : data
        } catch let failure as VipsCall.Failure {
            throw ImagingError.corrupt(
                name: name,
                format: format,
                expected: "readable metadata",
                found: failure.reason
            )
        }
    }
}
