/// The normals of triangles and, for shapes that come without, of their corners.
struct MeshNormals {
    /// One for each triangle; zero where it has no area.
    private(set) var faces: [SIMD3<Float>] = []

    /// One for each corner: the mean of the triangles around it that turn little from its own.
    private(set) var corners: [SIMD3<Float>] = []

    /// The cosine of the angle from which on an edge is sharp: 40°.
    private static let sharpness: Float = 0.766

    /// At a position with more triangles than this, each keeps its own normal.
    private static let mostNeighbours = 64

    init(positions: [SIMD3<Float>], corners places: [Int32]) {
        let count = places.count / 3
        faces.reserveCapacity(count)
        var areas: [Float] = []
        areas.reserveCapacity(count)
        for triangle in 0..<count {
            let first = positions[Int(places[3 * triangle])]
            let normal = Vectors.cross(
                positions[Int(places[3 * triangle + 1])] - first,
                positions[Int(places[3 * triangle + 2])] - first
            )
            faces.append(Vectors.unit(normal) ?? SIMD3())
            areas.append(Vectors.dot(normal, normal).squareRoot())
        }
        var starts = [Int32](repeating: 0, count: positions.count + 1)
        for place in places { starts[Int(place) + 1] += 1 }
        for position in positions.indices { starts[position + 1] += starts[position] }
        var around = [Int32](repeating: 0, count: places.count)
        var next = starts
        for (corner, place) in places.enumerated() {
            around[Int(next[Int(place)])] = Int32(corner / 3)
            next[Int(place)] += 1
        }
        corners.reserveCapacity(places.count)
        for (corner, place) in places.enumerated() {
            let own = faces[corner / 3]
            let neighbours = starts[Int(place)]..<starts[Int(place) + 1]
            guard neighbours.count <= Self.mostNeighbours else {
                corners.append(own)
                continue
            }
            var sum = SIMD3<Float>()
            for neighbour in neighbours {
                let triangle = Int(around[Int(neighbour)])
                let agreement = Vectors.dot(own, faces[triangle])
                // Faces that are wound the other way round count as if they were not.
                if agreement > Self.sharpness {
                    sum += faces[triangle] * areas[triangle]
                } else if agreement < -Self.sharpness {
                    sum -= faces[triangle] * areas[triangle]
                }
            }
            corners.append(Vectors.unit(sum) ?? own)
        }
    }
}
