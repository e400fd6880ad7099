import Settings

/// What a renderer wants to know of a surface beside its colour, guessed from a texture.
///
/// That is how high it lies, where it faces and how rough it is. All maps go on at each edge where they begin.
public struct MaterialMaps: Sendable {
    /// How high each place lies: grey of 16 bits.
    public let height: Picture
    /// Where each place faces, −1 … 1 as 0 … the largest sample: red to the right, green up or down, blue out of the surface.
    public let normal: Picture
    /// How rough each place is: grey.
    public let roughness: Picture

    /// The maps with the endings that files have for them.
    public var named: [(name: String, picture: Picture)] {
        [("height", height), ("normal", normal), ("roughness", roughness)]
    }

    /// What can be said of the maps.
    public struct Options: Sendable, Equatable {
        /// How strong the relief is beside the usual one.
        public var strength = 1.0
        /// Which way green points.
        public var convention = NormalConvention.opengl
        /// What lies high.
        public var high = TextureHeights.light

        /// The usual.
        public init() {}
    }

    /// Pixels of a side at least.
    static let smallest = 4
    /// Pixels at most.
    static let mostPixels = 1 << 24

    /// The maps of a texture.
    ///
    /// - Parameters:
    ///   - texture: A picture that goes on at each edge where it begins; its light is taken for its height.
    ///   - name: What errors call it.
    ///   - options: How.
    /// - Throws: `ImagingError/unsuited(name:purpose:reason:)` for a picture that is too small or too large.
    public init(
        _ texture: Picture,
        name: String,
        _ options: Options = Options()
    ) throws(ImagingError) {
        guard min(texture.width, texture.height) >= Self.smallest,
            texture.width * texture.height <= Self.mostPixels
        else {
            throw .unsuited(
                name: name,
                purpose: "a material",
                reason:
                    "expected sides of \(Self.smallest) pixels or more and \(Self.mostPixels) pixels at most, found "
                    + "\(texture.width)×\(texture.height)"
            )
        }
        let surface = TextureSurface(texture, high: options.high)
        let relief = Float(options.strength) * surface.usualRelief
        let depth = texture.depth
        height = surface.height.picture(depth: .sixteen)
        normal = surface.normals(relief: relief, options.convention, depth: depth)
        roughness = surface.roughness.picture(depth: depth)
    }
}

extension WrappedPlane {
    /// The numbers 0 … 1 as a grey picture.
    func picture(depth: SampleDepth) -> Picture {
        Picture(
            width: width,
            height: height,
            channels: 1,
            values: numbers.map { $0 * 2 - 1 },
            layout: .interleaved,
            depth: depth
        )
    }
}
