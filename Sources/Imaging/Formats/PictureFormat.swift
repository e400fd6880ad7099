import CVips
import Foundation

/// The file formats that are read; all but GIF are also written.
public enum PictureFormat: String, Sendable, Codable, CaseIterable {
    /// Portable Network Graphics.
    case png
    /// JPEG (JFIF, EXIF).
    case jpeg
    /// WebP, lossy or lossless.
    case webp
    /// TIFF.
    case tiff
    /// GIF; only its first frame is read.
    case gif

    /// Tells the format by the first bytes, never by a name.
    public init?(magic data: some Sequence<UInt8>) {
        let start = Array(data.prefix(12))
        func has(_ bytes: [UInt8], at offset: Int = 0) -> Bool {
            start.dropFirst(offset).starts(with: bytes)
        }
        if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if has(Array("RIFF".utf8)), has(Array("WEBP".utf8), at: 8) {
            self = .webp
        } else if has(Array("II".utf8) + [42, 0]) || has(Array("MM".utf8) + [0, 42])
            || has(Array("II".utf8) + [43, 0]) || has(Array("MM".utf8) + [0, 43])
        {
            self = .tiff
        } else if has(Array("GIF87a".utf8)) || has(Array("GIF89a".utf8)) {
            self = .gif
        } else {
            return nil
        }
    }

    /// The format that a file name's extension stands for.
    public init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "webp": self = .webp
        case "tif", "tiff": self = .tiff
        case "gif": self = .gif
        default: return nil
        }
    }

    /// The usual extension, without a dot.
    public var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        case .webp: "webp"
        case .tiff: "tif"
        case .gif: "gif"
        }
    }

    /// The media type for HTTP.
    public var mediaType: String { "image/\(rawValue)" }

    /// The name for people.
    public var title: String { self == .webp ? "WebP" : rawValue.uppercased() }

    static var list: String { allCases.map(\.title).joined(separator: ", ") }

    var code: Int32 {
        switch self {
        case .png: Int32(CVIPS_PNG)
        case .jpeg: Int32(CVIPS_JPEG)
        case .webp: Int32(CVIPS_WEBP)
        case .tiff: Int32(CVIPS_TIFF)
        case .gif: Int32(CVIPS_GIF)
        }
    }

    /// Names what else a file may be, for messages.
    static func guess(_ data: Data) -> String {
        let start = Array(data.prefix(512))
        let text = String(decoding: start, as: UTF8.self).lowercased()
        let known: [(String, String)] = [
            ("%pdf", "PDF"), ("bm", "BMP"), ("pk", "a zip archive"), ("8bps", "Photoshop"),
            ("<!doctype html", "HTML"), ("<html", "HTML"),
        ]
        if text.contains("<svg") { return "SVG" }
        if start.dropFirst(4).starts(with: Array("ftyp".utf8)) { return "AVIF, HEIC or MP4" }
        if start.starts(with: [0x1F, 0x8B]) { return "gzip" }
        if let name = known.first(where: { text.hasPrefix($0.0) })?.1 { return name }
        let hexadecimal = start.prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "the bytes " + hexadecimal.joined(separator: " ")
    }
}
