import CVips
import Foundation

/// The file formats that are read; PNG, JPEG, WebP and TIFF are also written.
///
/// HEIF, JPEG XL and BMP are read where libvips has what it needs for them.
public enum PictureFormat: String, Sendable, Codable, CaseIterable {
    /// Portable Network Graphics.
    case png
    /// JPEG (JFIF, EXIF).
    case jpeg
    /// WebP, lossy or lossless.
    case webp
    /// Pictures in TIFF.
    case tiff
    /// GIF; only its first frame is read.
    case gif
    /// HEIC, as telephones store photographs, and AVIF: the main picture.
    case heif
    /// JPEG XL.
    case jpegXL = "jxl"
    /// Windows bitmap.
    case bmp

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
        } else if has(Array("ftyp".utf8), at: 4), PictureFormat.isHEIF(start) {
            self = .heif
        } else if has([0xFF, 0x0A]) || has([0, 0, 0, 12] + Array("JXL \r\n".utf8)) {
            self = .jpegXL
        } else if has(Array("BM".utf8)), PictureFormat.isBitmap(data) {
            self = .bmp
        } else {
            return nil
        }
    }

    /// Whether the brand of an ISO base media file is one of pictures, not of films.
    private static func isHEIF(_ start: [UInt8]) -> Bool {
        let brands = ["avif", "avis", "heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"]
        return brands.contains { Array($0.utf8) == Array(start.dropFirst(8)) }
    }

    /// Whether what says BM goes on as a bitmap does: with the size of one of its kinds of header.
    private static func isBitmap(_ data: some Sequence<UInt8>) -> Bool {
        let sizes = [12, 16, 40, 52, 56, 64, 108, 124].map { [UInt8($0), 0, 0, 0] }
        return sizes.contains(Array(data.prefix(18).dropFirst(14)))
    }

    /// The format that a file name's extension stands for.
    public init?(fileExtension: String) {
        switch fileExtension.lowercased() {
        case "png": self = .png
        case "jpg", "jpeg", "jpe", "jfif": self = .jpeg
        case "webp": self = .webp
        case "tif", "tiff": self = .tiff
        case "gif": self = .gif
        case "heic", "heif", "avif", "hif": self = .heif
        case "jxl": self = .jpegXL
        case "bmp", "dib": self = .bmp
        default: return nil
        }
    }

    /// Whether the libvips of this machine has a decoder for it.
    public var isReadable: Bool {
        guard (try? Vips.start()) != nil else { return false }
        return cvips_can_read(code) != 0
    }

    /// The usual extension, without a dot.
    public var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        case .webp: "webp"
        case .tiff: "tif"
        case .gif: "gif"
        case .heif: "heic"
        case .jpegXL: "jxl"
        case .bmp: "bmp"
        }
    }

    /// The media type for HTTP.
    public var mediaType: String { "image/\(rawValue)" }

    /// The name for people.
    public var title: String {
        switch self {
        case .webp: "WebP"
        case .heif: "HEIC/AVIF"
        case .jpegXL: "JPEG XL"
        case .png, .jpeg, .tiff, .gif, .bmp: rawValue.uppercased()
        }
    }

    static var list: String { allCases.map(\.title).joined(separator: ", ") }

    /// What a machine needs to read it, beside libvips itself.
    var decoder: String {
        switch self {
        case .heif:
            "libheif and its decoders (Debian: libheif1, libheif-plugin-libde265, libheif-plugin-dav1d)"
        case .bmp: "a libvips with ImageMagick (Debian's libvips42 and Homebrew's vips have it)"
        case .png, .jpeg, .webp, .tiff, .gif, .jpegXL:
            "a libvips with \(title) (Debian's libvips42 and Homebrew's vips have it)"
        }
    }

    var code: Int32 {
        switch self {
        case .png: Int32(CVIPS_PNG)
        case .jpeg: Int32(CVIPS_JPEG)
        case .webp: Int32(CVIPS_WEBP)
        case .tiff: Int32(CVIPS_TIFF)
        case .gif: Int32(CVIPS_GIF)
        case .heif: Int32(CVIPS_HEIF)
        case .jpegXL: Int32(CVIPS_JXL)
        case .bmp: Int32(CVIPS_BMP)
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
        if start.dropFirst(4).starts(with: Array("ftyp".utf8)) { return "MP4 or another film" }
        if start.starts(with: [0x1F, 0x8B]) { return "gzip" }
        if let name = known.first(where: { text.hasPrefix($0.0) })?.1 { return name }
        let hexadecimal = start.prefix(8).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "the bytes " + hexadecimal.joined(separator: " ")
    }
}
