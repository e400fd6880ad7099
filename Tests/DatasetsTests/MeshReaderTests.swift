import Datasets
import Foundation
import Imaging
import Testing

@Suite("MeshReader")
struct MeshReaderTests {
    private static func read(
        _ text: String,
        limits: ModelLimits = .standard
    ) throws -> MeshShape {
        try MeshReader.read(Data(text.utf8), place: "thing.obj", limits: limits)
    }

    /// A shape with everything that files have.
    static let everything = """
        # a comment
        mtllib thing.mtl
        o thing
        g part
        v 0 0 0
        v 1.0 0 0.0e0
        v +1 1e0 0 0.5
        v -0 1 0
        v 0.5 2 -.5
        vt 0 0
        vt 1 0 0
        vt 1 1
        vt 0 1
        vn 0 0 1
        usemtl red paint
        s 1
        f 1/1/1 2/2/1 3/3/1 4/4/1
        l 1 2
        usemtl glass
        f -3//-1 -1//-1 \\
         -2//-1
        f 1 2 5
        """

    @Test("reads positions, places counted from either end, and materials")
    func reads() throws {
        let shape = try Self.read(Self.everything.replacing("\n", with: "\r\n"))
        #expect(shape.positions.count == 5 && shape.coordinates.count == 4)
        #expect(shape.positions[4] == [0.5, 2, -0.5])
        #expect(shape.normals == [[0, 0, 1]])
        #expect(shape.materialNames == ["", "red paint", "glass"])
        #expect(shape.libraries == ["thing.mtl"])
        #expect(shape.triangleMaterials == [1, 1, 2, 2])
        #expect(shape.corners[6...8].map(\.position) == [2, 4, 3])
        #expect(shape.corners[6...8].map(\.coordinate) == [-1, -1, -1])
        #expect(shape.corners[6...8].map(\.normal) == [0, 0, 0])
        #expect(shape.corners[9...11].map(\.normal) == [-1, -1, -1])
    }

    @Test("cuts a face with a dent into triangles of its own area")
    func cuts() throws {
        let points: [SIMD2<Float>] = [[0, 0], [4, 0], [4, 3], [2, 1], [0, 3], [-1, 1.5]]
        for turn in points.indices {
            let turned = points.indices.map { points[($0 + turn) % points.count] }
            let text = turned.map { "v \($0.x) 0 \($0.y)\n" }.joined() + "f 1 2 3 4 5 6\n"
            let shape = try Self.read(text)
            #expect(shape.triangleMaterials.count == 4)
            var sum: Float = 0
            for start in stride(from: 0, to: shape.corners.count, by: 3) {
                let corners = (0..<3).map {
                    shape.positions[Int(shape.corners[start + $0].position)]
                }
                let across = corners[1] - corners[0]
                let along = corners[2] - corners[0]
                sum += abs(across.x * along.z - across.z * along.x) / 2
            }
            // Shoelace formula.
            var area: Float = 0
            for place in points.indices {
                let next = points[(place + 1) % points.count]
                area += (points[place].x * next.y - next.x * points[place].y) / 2
            }
            #expect(abs(sum - area) < 1e-4)
        }
    }

    @Test(
        "names the line of what is damaged",
        arguments: [
            ("v 0 0 0\nv 1 x 0\n", 2, "expected a number"),
            ("v 0 0 0\nv 1 1e99 0\n", 2, "expected a number"),
            ("v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 4\n", 4, "position 4, there are 3"),
            ("v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 -4\n", 4, "position -4, there are 3"),
            ("v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 0\n", 4, "position 0"),
            ("v 0 0 0\nv 1 0 0\nv 1 1 0\n\nf 1 2 3x\n", 5, "expected a corner"),
        ]
    )
    func damaged(text: String, line: Int, message: String) {
        let error = datasetError { _ = try Self.read(text) }
        #expect(error?.kind == .damaged && error?.place == "thing.obj:\(line)")
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "no error")")
    }

    @Test("does without texture coordinates and normals that are not there")
    func missing() throws {
        let shape = try Self.read("v 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nf 1/1/1 2/2/-1 3/-2/9\n")
        #expect(shape.corners.map(\.coordinate) == [0, -1, -1])
        #expect(shape.corners.map(\.normal) == [-1, -1, -1])
    }

    @Test("refuses a text without a face, and more than the limits allow")
    func limits() {
        #expect(datasetError { _ = try Self.read("v 0 0 0\n") }?.message == "has no face")
        var limits = ModelLimits()
        limits.maximumTriangles = 3
        #expect(
            datasetError { _ = try Self.read(Self.everything, limits: limits) }?.kind == .unsafe
        )
        limits = ModelLimits()
        limits.maximumCorners = 3
        #expect(
            datasetError { _ = try Self.read(Self.everything, limits: limits) }?.kind == .unsafe
        )
        limits = ModelLimits()
        limits.maximumVertices = 4
        #expect(
            datasetError { _ = try Self.read(Self.everything, limits: limits) }?.kind == .unsafe
        )
        limits = ModelLimits()
        limits.maximumBytes = 100
        #expect(
            datasetError { _ = try Self.read(Self.everything, limits: limits) }?.kind == .unsafe
        )
    }

    @Test("reads materials as programs write them")
    func materials() throws {
        let text = """
            newmtl red paint
            Kd 0.5 0.25 2
            Ks .1
            Ns 5000
            illum 0
            map_Kd -s 2 3 1 -o 0 0 0 my wood.jpg
            newmtl glass
            d 0.25
            Kd nothing
            newmtl smoke
            Tr 0.25
            """
        let found = try MaterialReader.read(Data(text.utf8), place: "thing.mtl")
        let paint = try #require(found["red paint"])
        #expect(paint.diffuse == [0.5, 0.25, 1] && paint.specular == [0.1, 0.1, 0.1])
        #expect(paint.shininess == 1000 && !paint.isLit)
        #expect(paint.texture == "my wood.jpg" && paint.repetition == [2, 3])
        #expect(
            found["glass"]?.opacity == 0.25 && found["glass"]?.diffuse == MeshMaterial().diffuse
        )
        #expect(found["smoke"]?.opacity == 0.75)
    }

    @Test("never stops at broken text: an error, or a shape that can be drawn", arguments: 0..<60)
    func broken(seed: Int) throws {
        var state = UInt64(seed) &* 2_862_933_555_777_941_757 &+ 3_037_000_493
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let pieces = [
            "nan", "inf", "-", "1e38", "1e-40", "999999999999999999999", "/", "//", "f", "v ", "\n",
            "\\\n", "\\", "-1", "0", "1/2/3/4", "vt", "é", "\u{0}", "usemtl", " ", ".", "e",
            "1e1e1",
        ].map { Array($0.utf8) }
        for _ in 0..<5 {
            var bytes = Array(Self.everything.utf8)
            for _ in 0...random(4) {
                let place = random(bytes.count)
                switch random(4) {
                case 0: bytes[place] = UInt8(random(256))
                case 1: bytes.removeSubrange(place..<min(place + random(9), bytes.count))
                case 2: bytes.insert(contentsOf: pieces[random(pieces.count)], at: place)
                default:
                    bytes.replaceSubrange(
                        place..<min(place + 1 + random(3), bytes.count),
                        with: pieces[random(pieces.count)]
                    )
                }
            }
            _ = try MaterialReader.read(Data(bytes), place: "broken.mtl")
            do {
                let shape = try MeshReader.read(Data(bytes), place: "broken.obj")
                #expect(shape.corners.count == 3 * shape.triangleMaterials.count)
                for corner in shape.corners {
                    #expect(shape.positions.indices.contains(Int(corner.position)))
                    #expect((-1..<shape.coordinates.count).contains(Int(corner.coordinate)))
                    #expect((-1..<shape.normals.count).contains(Int(corner.normal)))
                }
                for material in shape.triangleMaterials {
                    #expect(shape.materialNames.indices.contains(Int(material)))
                }
                guard let mesh = Mesh(shape) else { continue }
                let picture = Model3D(mesh: mesh, materials: [], textures: [])
                    .picture(from: ModelCamera(azimuth: 30, elevation: 20), pixels: 8)
                #expect(picture.width == 8 && picture.channels == 4)
            } catch let error as DatasetError {
                #expect(error.place.hasPrefix("broken.obj") && !error.cure.isEmpty)
            }
        }
    }
}
