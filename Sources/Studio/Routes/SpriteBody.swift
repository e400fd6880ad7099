import Foundation
import Imaging

/// Pictures that are to be put on one sheet, and how.
struct SpriteBody: Decodable {
    /// The pictures, one at least.
    var ids: [String]
    var padding: Int?
    var extrude: Int?
    var trim: Bool?
    var powerOfTwo: Bool?

    enum CodingKeys: String, CodingKey {
        case ids, padding, extrude, trim
        case powerOfTwo = "power_of_two"
    }

    /// The layout.
    ///
    /// - Throws: `APIError` that names the field.
    func options() throws -> SpriteSheet.Options {
        var options = SpriteSheet.Options()
        func checked(_ value: Int, _ range: ClosedRange<Int>, _ name: String) throws -> Int {
            guard range.contains(value) else {
                throw APIError.invalid(
                    "\(name) is \(value), expected \(range.lowerBound) to \(range.upperBound)",
                    parameter: name
                )
            }
            return value
        }
        options.padding = try checked(
            padding ?? options.padding,
            SpriteSheet.Options.paddings,
            "padding"
        )
        options.extrusion = try checked(
            extrude ?? options.extrusion,
            SpriteSheet.Options.extrusions,
            "extrude"
        )
        options.trims = trim ?? options.trims
        options.isPowerOfTwo = powerOfTwo ?? options.isPowerOfTwo
        return options
    }

    /// Pixels of all pictures together at most.
    private static let mostPixels = 1 << 25

    /// A ZIP file of the sheet and its table.
    ///
    /// - Parameter pictures: Their ids, pixels and files.
    /// - Returns: The file.
    /// - Throws: `APIError` for too many pixels, and what does not fit on a sheet; `ImagingError` for a picture
    ///   that cannot be read.
    func archive(of pictures: [(id: String, pixels: Int, file: URL)]) throws -> Data {
        let options = try options()
        let pixels = pictures.reduce(0) { $0 + $1.pixels }
        guard pixels <= Self.mostPixels else {
            throw APIError.invalid(
                "the pictures have \(pixels) pixels, expected \(Self.mostPixels) together at most",
                parameter: "ids"
            )
        }
        let sprites = try pictures.map { ("\($0.id).png", try Picture(contentsOf: $0.file)) }
        let sheet: SpriteSheet
        do {
            sheet = try SpriteSheet(sprites, options)
        } catch {
            throw APIError.invalid("\(error)", parameter: "ids")
        }
        let picture = try sheet.picture.encoded(as: .png, metadata: PictureMetadata())
        let table = try sheet.json(image: "sprites.png")
        return try PictureArchive.data(of: [
            ("sprites.png", { picture }), ("sprites.json", { table }),
        ])
    }
}
