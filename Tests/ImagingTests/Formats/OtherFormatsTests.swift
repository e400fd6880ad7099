import Foundation
import Imaging
import Testing

/// Formats that are read and not written: those of telephones, of newer browsers, of old programs.
@Suite struct OtherFormatsTests {
    private static let formats: [(name: String, format: PictureFormat, error: Int)] = [
        ("ramp.avif", .heif, 6), ("ramp.heic", .heif, 6), ("ramp.jxl", .jpegXL, 1),
        ("ramp.bmp", .bmp, 0),
    ]

    private func file(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/pictures/\(name)")
    }

    @Test(arguments: formats)
    func pixels(_ name: String, _ format: PictureFormat, _ error: Int) throws {
        let header = try ImageHeader.read(contentsOf: file(name))
        #expect((header.format, header.width, header.height) == (format, 32, 24))
        let picture = try Picture(contentsOf: file(name)).converted(channels: 3)
        let samples = picture.values(layout: .interleaved).map { Int((($0 + 1) * 127.5).rounded()) }
        for y in 0..<24 {
            for x in 0..<32 {
                let found = Array(samples[(y * 32 + x) * 3..<(y * 32 + x) * 3 + 3])
                #expect(zip(found, [8 * x, 8 * y, 128]).allSatisfy { abs($0 - $1) <= error })
            }
        }
    }

    @Test(arguments: formats)
    func damage(_ name: String, _ format: PictureFormat, _ error: Int) throws {
        let data = try Data(contentsOf: file(name))
        #expect(PictureFormat(magic: data) == format)
        // Cut anywhere: a picture or an error that names the file, and nothing else.
        for length in stride(from: 0, to: data.count, by: 37) {
            do {
                _ = try Picture(decoding: data.prefix(length), name: "cut \(length)")
            } catch let error as ImagingError {
                #expect(error.description.hasPrefix("cut \(length): "))
            }
        }
        // As long as it must be, and its bytes changed: the same.
        for place in stride(from: 20, to: data.count, by: 11) {
            var changed = data
            changed[place] ^= 0xFF
            #expect(throws: Never.self) {
                do { _ = try Picture(decoding: changed, name: "changed") } catch is ImagingError {}
            }
        }
    }

    @Test func filmsAndLettersAreNoPictures() {
        #expect(PictureFormat(magic: Data("\0\0\0\u{18}ftypisom....".utf8)) == nil)
        #expect(PictureFormat(magic: Data("BMW sells cars, and more of them".utf8)) == nil)
        #expect(PictureFormat(fileExtension: "HEIC") == .heif)
    }

    /// A machine that cannot read a format does not call its files damaged.
    @Test(arguments: [
        "heif: Unsupported feature: Unsupported codec (4.3000)",
        "magickload_buffer: Magick: no decode delegate for this image format `BMP' (0)",
        "heif: Unsupported filetype: No decoding plugin installed for this compression format",
    ])
    func missingDecoders(_ reason: String) {
        let error = FileInspection.error(
            name: "a.heic",
            format: .heif,
            expected: "pixels",
            reason: reason
        )
        guard case .unsupported("a.heic", .heif, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.description.contains("install libheif"))
    }

    @Test(arguments: PictureFormat.allCases)
    func curesOfMissingDecoders(_ format: PictureFormat) {
        let text = ImagingError.noDecoder(name: "a\u{1b}", format: format).description
        #expect(text.hasPrefix("a\\x1b: \(format.title) cannot be read on this machine"))
        #expect(text.contains("; install ") && text.contains("convert the file to PNG or JPEG"))
    }
}
