import Settings

/// The six faces of a cube around the eye, on which a panorama is painted.
public struct CubeMap: Sendable {
    /// A square picture for each face, with the panorama's channels and depth.
    public let faces: [CubeFace: Picture]
    /// Pixels of a face's side.
    public let side: Int

    /// Pixels of a face's side: the sheet of all of them is a picture that can be read again.
    public static let sides = 2...2048

    /// Pixels of a face's side where nothing is said: a quarter of the panorama's width, which keeps its detail.
    public static func usualSide(width: Int) -> Int {
        min(max(width / 4, sides.lowerBound), sides.upperBound)
    }

    /// The cube map of a panorama, each pixel between the panorama's four nearest.
    ///
    /// - Parameters:
    ///   - panorama: The picture all around.
    ///   - side: Pixels of a face's side; kept within `sides`.
    ///   - edges: Where a face's outermost pixels lie.
    public init(_ panorama: Panorama, side: Int? = nil, edges: CubeEdges = .inside) {
        let count = min(
            max(side ?? Self.usualSide(width: panorama.picture.width), Self.sides.lowerBound),
            Self.sides.upperBound
        )
        self.side = count
        // The same numbers with the other sign from the other end, so that faces meet in the same points.
        let reach = Double(edges == .inside ? count : count - 1)
        let places = (0..<count).map { Double(2 * $0 + 1 - count) / reach }
        var faces: [CubeFace: Picture] = [:]
        for face in CubeFace.allCases {
            let blank = StyleCanvas(width: count, height: count, pixels: [])
            faces[face] = blank.drawn { _, x, y in
                panorama.color(towards: face.point(right: places[x], down: places[y]))
            }.picture(like: panorama.picture)
        }
        self.faces = faces
    }

    /// All faces on one sheet in the shape of a lying cross, four faces wide and three high.
    ///
    /// Left, front, right and behind lie in the middle row; above and below the front lies what is above and below. The rest
    /// is clear, or black without alpha.
    public var cross: Picture {
        let like = faces[.pz] ?? Picture(width: 1, height: 1, channels: 1, samples: [0])
        var canvas = Canvas(
            width: 4 * side,
            height: 3 * side,
            channels: like.channels,
            depth: like.depth,
            background: like.hasAlpha ? .clear : .black
        )
        for (face, picture) in faces {
            canvas.place(picture, x: face.place.column * side, y: face.place.row * side)
        }
        return canvas.picture
    }
}
