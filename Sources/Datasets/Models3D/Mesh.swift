/// A model ready to be drawn: its middle at the origin, its longest side 1, `y` upwards.
///
/// Every corner has a normal; faces that turn less than 40° from each other look round.
package struct Mesh: Sendable {
    /// How a model is turned and what proportions it has.
    package struct Placement: Sendable, Equatable {
        /// Three rows that turn it upright.
        package var rotation: [SIMD3<Float>]?

        /// Width, height and depth to which its box is stretched, in any unit.
        package var size: SIMD3<Float>?

        /// Leaves a model as it is, or turns and stretches it.
        package init(rotation: [SIMD3<Float>]? = nil, size: SIMD3<Float>? = nil) {
            self.rotation = rotation
            self.size = size
        }
    }

    /// The positions.
    package let positions: [SIMD3<Float>]

    /// The places of the corners' positions, three for each triangle.
    package let corners: [Int32]

    /// The normals of the corners, of length 1.
    package let cornerNormals: [SIMD3<Float>]

    /// The texture coordinates of the corners; empty where no corner has one.
    package let cornerCoordinates: [SIMD2<Float>]

    /// The normals of the triangles; zero where a triangle has no area.
    package let faceNormals: [SIMD3<Float>]

    /// The places of the triangles' materials.
    package let triangleMaterials: [Int32]

    /// How many triangles there are.
    package var count: Int { triangleMaterials.count }

    /// Places a shape; nil when all of it lies in one point.
    ///
    /// - Parameters:
    ///   - shape: The shape, as `MeshReader` gives it.
    ///   - placement: How it is turned and stretched.
    package init?(_ shape: MeshShape, placement: Placement = Placement()) {
        let rows = placement.rotation ?? [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
        guard rows.count == 3 else { return nil }
        func turned(_ vector: SIMD3<Float>) -> SIMD3<Float> {
            [
                Vectors.dot(rows[0], vector), Vectors.dot(rows[1], vector),
                Vectors.dot(rows[2], vector),
            ]
        }
        var lowest = SIMD3<Float>(repeating: .infinity)
        var highest = -lowest
        var positions = shape.positions.map(turned)
        for corner in shape.corners {
            let position = positions[Int(corner.position)]
            lowest = pointwiseMin(lowest, position)
            highest = pointwiseMax(highest, position)
        }
        let extent = highest - lowest
        guard extent.max() > 0, extent.max().isFinite else { return nil }
        var stretch = SIMD3<Float>(repeating: 1 / extent.max())
        if let size = placement.size, size.min() > 0, size.max().isFinite {
            for axis in 0..<3 where extent[axis] > 1e-6 * extent.max() {
                stretch[axis] = size[axis] / size.max() / extent[axis]
            }
        }
        let middle = (lowest + highest) / 2
        for place in positions.indices { positions[place] = (positions[place] - middle) * stretch }
        self.positions = positions
        corners = shape.corners.map(\.position)
        triangleMaterials = shape.triangleMaterials
        cornerCoordinates =
            shape.corners.contains { $0.coordinate >= 0 }
            ? shape.corners.map { corner in
                corner.coordinate < 0 ? SIMD2() : shape.coordinates[Int(corner.coordinate)]
            } : []
        let given = shape.normals.map { Vectors.unit(turned($0) / stretch) }
        let normals = MeshNormals(positions: positions, corners: corners)
        faceNormals = normals.faces
        var cornerNormals = normals.corners
        for (place, corner) in shape.corners.enumerated() where corner.normal >= 0 {
            if let normal = given[Int(corner.normal)] { cornerNormals[place] = normal }
        }
        self.cornerNormals = cornerNormals
    }
}
