/// Many small pictures on one sheet, and where each lies: what games load at once.
public struct SpriteSheet: Sendable, Equatable {
    /// How a sheet is laid out.
    public struct Options: Sendable, Equatable {
        /// Clear pixels between sprites and along the border.
        public var padding = 2
        /// How many times a sprite's outermost pixels are repeated around it, so that a smoothed one shows no seam.
        public var extrusion = 0
        /// Whether clear borders are cut off; where a sprite stood in its picture is told.
        public var trims = true
        /// Whether the sheet's sides are powers of two, as old graphics processors want them.
        public var isPowerOfTwo = false
        /// Pixels of the longer side at most.
        public var longestSide = 4096

        /// What most games take.
        public init() {}

        /// What numbers may be.
        public static let paddings = 0...64
        /// What numbers may be.
        public static let extrusions = 0...16
        /// What numbers may be.
        public static let sides = 16...16_384
    }

    /// A sprite on a sheet.
    public struct Frame: Sendable, Equatable {
        /// What it is called; each name is there once.
        public let name: String
        /// Where it lies on the sheet.
        public let place: PixelRect
        /// Where that stood in its picture.
        public let shown: PixelRect
        /// Width and height of its picture.
        public let source: (width: Int, height: Int)

        /// Whether all is the same.
        public static func == (a: Frame, b: Frame) -> Bool {
            a.name == b.name && a.place == b.place && a.shown == b.shown && a.source == b.source
        }
    }

    /// A rectangle of pixels.
    public struct PixelRect: Sendable, Equatable {
        /// Pixels to the left of it.
        public var x: Int
        /// Pixels above it.
        public var y: Int
        /// Its width.
        public var width: Int
        /// Its height.
        public var height: Int
    }

    /// The sheet, in colour and with transparency.
    public let picture: Picture
    /// The sprites in the order that they were given in.
    public let frames: [Frame]

    /// Lays sprites out on one sheet; equal ones lie there once.
    ///
    /// - Parameters:
    ///   - sprites: Pictures by name, one at least; a name that is there already gets a number.
    ///   - options: How it is laid out.
    /// - Throws: `ImagingError/noSheet(reason:)` where they do not fit, or there are none.
    public init(
        _ sprites: [(name: String, picture: Picture)],
        _ options: Options = Options()
    ) throws {
        guard !sprites.isEmpty else { throw ImagingError.noSheet(reason: "there are no sprites") }
        let cuts = sprites.map { SpriteCut($0.picture, trims: options.trims) }
        var kinds: [SpriteCut.Pixels: Int] = [:]
        var different: [SpriteCut.Pixels] = []
        let places = cuts.map { cut in
            if let known = kinds[cut.pixels] { return known }
            kinds[cut.pixels] = different.count
            different.append(cut.pixels)
            return different.count - 1
        }
        let margin = 2 * options.extrusion + options.padding
        let packing = try SpritePacking(
            different.map { ($0.width + margin, $0.height + margin) },
            border: options.padding,
            longestSide: options.longestSide,
            isPowerOfTwo: options.isPowerOfTwo
        )
        var sheet = [UInt8](repeating: 0, count: packing.width * packing.height * 4)
        for (pixels, corner) in zip(different, packing.corners) {
            pixels.lay(
                on: &sheet,
                width: packing.width,
                x: corner.x + options.extrusion,
                y: corner.y + options.extrusion,
                extrusion: options.extrusion
            )
        }
        picture = Picture(
            width: packing.width,
            height: packing.height,
            channels: 4,
            samples: sheet
        )
        var names: Set<String> = []
        frames = sprites.indices.map { index in
            let cut = cuts[index]
            let corner = packing.corners[places[index]]
            return Frame(
                name: Self.free(sprites[index].name, &names),
                place: PixelRect(
                    x: corner.x + options.extrusion,
                    y: corner.y + options.extrusion,
                    width: cut.pixels.width,
                    height: cut.pixels.height
                ),
                shown: PixelRect(
                    x: cut.x,
                    y: cut.y,
                    width: cut.pixels.width,
                    height: cut.pixels.height
                ),
                source: (sprites[index].picture.width, sprites[index].picture.height)
            )
        }
    }

    /// A name that is not there yet, with a number before its ending where it needs one.
    private static func free(_ name: String, _ names: inout Set<String>) -> String {
        var (found, number) = (name, 2)
        while !names.insert(found).inserted {
            let dot = name.lastIndex(of: ".") ?? name.endIndex
            found = "\(name[..<dot])-\(number)\(name[dot...])"
            number += 1
        }
        return found
    }
}
