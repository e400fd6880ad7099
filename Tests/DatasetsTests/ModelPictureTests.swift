import Datasets
import Foundation
import Imaging
import Testing

@Suite("Model3D")
struct ModelPictureTests {
    private static let front = ModelCamera(azimuth: 0, elevation: 0, margin: 0)

    /// A square of side 2 in the plane of the picture.
    private static func square(z: Float = 0, material: String, side: Float = 1) -> String {
        let corners = [(-side, -side), (side, -side), (side, side), (-side, side)]
        return corners.map { "v \($0.0) \($0.1) \(z)\n" }.joined()
            + "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nusemtl \(material)\nf -4/-4 -3/-3 -2/-2 -1/-1\n"
    }

    private static func model(
        _ text: String,
        materials: [String: MeshMaterial],
        textures: [String: Picture] = [:],
        placement: Mesh.Placement = Mesh.Placement()
    ) throws -> Model3D {
        let shape = try MeshReader.read(Data(text.utf8), place: "thing.obj")
        let mesh = try #require(Mesh(shape, placement: placement))
        return Model3D(
            mesh: mesh,
            materials: shape.materialNames.map { materials[$0] ?? MeshMaterial() },
            textures: shape.materialNames.map { name in
                textures[name].map { MeshTexture($0, keeping: 64) }
            }
        )
    }

    private static func plain(_ color: SIMD3<Float>, opacity: Float = 1) -> MeshMaterial {
        var material = MeshMaterial()
        material.diffuse = color
        material.opacity = opacity
        material.isLit = false
        return material
    }

    private static func pixel(_ picture: Picture, _ x: Int, _ y: Int) -> [Int] {
        (0..<4).map { picture[x, y, $0] }
    }

    private static let paints = [
        "red": plain([1, 0, 0]), "blue": plain([0, 0, 1]), "glass": plain([0, 1, 0], opacity: 0.5),
    ]

    @Test(
        "fills the picture but for its margin, whatever the size and place",
        arguments: [12, 200]
    )
    func frames(pixels: Int) throws {
        for (scale, shift) in [(Float(1e-4), Float(0)), (1, 700), (1e5, -3e5)] {
            let text = """
                v \(shift) \(shift) 0
                v \(shift + 2 * scale) \(shift) 0
                v \(shift + 2 * scale) \(shift + scale) 0
                v \(shift) \(shift + scale) 0
                usemtl red
                f 1 2 3 4
                """
            let picture = try Self.model(text, materials: Self.paints).picture(
                from: ModelCamera(azimuth: 0, elevation: 0, margin: 0.25),
                pixels: pixels
            )
            let middle = pixels / 2
            #expect(Self.pixel(picture, middle, middle) == [255, 0, 0, 255])
            #expect(Self.pixel(picture, pixels / 4 + 1, middle)[3] == 255)
            #expect(Self.pixel(picture, pixels / 4 - 2, middle)[3] == 0)
            // Twice as wide as high.
            #expect(Self.pixel(picture, middle, middle - pixels / 8 + 1)[3] == 255)
            #expect(Self.pixel(picture, middle, middle - pixels / 8 - 2)[3] == 0)
        }
    }

    @Test("shows what is in front, in any order, from both sides")
    func depth() throws {
        let near = Self.square(z: 1, material: "red", side: 0.5)
        let far = Self.square(z: -1, material: "blue")
        for text in [near + far, far + near] {
            let model = try Self.model(text, materials: Self.paints)
            let front = model.picture(from: Self.front, pixels: 16)
            #expect(Self.pixel(front, 8, 8) == [255, 0, 0, 255])
            #expect(Self.pixel(front, 1, 8) == [0, 0, 255, 255])
            let back = model.picture(
                from: ModelCamera(azimuth: 180, elevation: 0, margin: 0),
                pixels: 16
            )
            #expect(Self.pixel(back, 8, 8) == [0, 0, 255, 255])
        }
    }

    @Test("lets light through glass: alone it is half there, before a thing it colours it")
    func glass() throws {
        let text =
            Self.square(z: 0.5, material: "glass")
            + Self.square(z: 0, material: "red", side: 0.5)
        let picture = try Self.model(text, materials: Self.paints)
            .picture(from: Self.front, pixels: 16)
        let through = Self.pixel(picture, 8, 8)
        #expect(through[3] == 255 && through[2] == 0)
        #expect((100...160).contains(through[0]) && abs(through[0] + through[1] - 255) <= 1)
        let alone = Self.pixel(picture, 1, 8)
        #expect(alone[1] == 255 && alone[0] == 0 && (100...160).contains(alone[3]))
    }

    @Test("puts a texture upright, and nothing where it is clear")
    func texture() throws {
        // Red, green; blue, clear.
        let samples: [UInt8] = [
            255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 0,
        ]
        func quarters(_ side: Int) -> Picture {
            Picture(
                width: side,
                height: side,
                channels: 4,
                samples: (0..<side * side).flatMap { place -> ArraySlice<UInt8> in
                    let start = 4 * (place / side / (side / 2) * 2 + place % side / (side / 2))
                    return samples[start..<start + 4]
                }
            )
        }
        // As large as the picture, and so large that it is reduced.
        for texture in [quarters(16), quarters(128)] {
            let model = try Self.model(
                Self.square(material: "paper"),
                materials: ["paper": Self.plain([1, 1, 1])],
                textures: ["paper": texture]
            )
            let picture = model.picture(from: Self.front, pixels: 20)
            #expect(Self.pixel(picture, 5, 5)[0] > 240 && Self.pixel(picture, 5, 5)[1] < 15)
            #expect(Self.pixel(picture, 14, 5)[1] > 240 && Self.pixel(picture, 14, 5)[0] < 15)
            #expect(Self.pixel(picture, 5, 14)[2] > 240 && Self.pixel(picture, 5, 14)[3] == 255)
            #expect(Self.pixel(picture, 14, 14)[3] < 15)
        }
    }

    @Test("halves a floor's texture where it is seen in perspective, not on the picture")
    func perspective() throws {
        let text = """
            v -1 0 8
            v 1 0 8
            v 1 0 -8
            v -1 0 -8
            vt 0 0
            vt 1 0
            vt 1 1
            vt 0 1
            usemtl floor
            f 1/1 2/2 3/3 4/4
            """
        let stripes = Picture(
            width: 1,
            height: 64,
            channels: 3,
            samples: (0..<64).flatMap {
                $0 < 32 ? [UInt8](repeating: 0, count: 3) : [255, 255, 255]
            }
        )
        let picture = try Self.model(
            text,
            materials: ["floor": Self.plain([1, 1, 1])],
            textures: ["floor": stripes]
        ).picture(
            from: ModelCamera(azimuth: 0, elevation: 30, distance: 1, margin: 0),
            pixels: 64
        )
        let column = (0..<64).filter { Self.pixel(picture, 32, $0)[3] == 255 }
        let bright = column.count { Self.pixel(picture, 32, $0)[0] > 127 }
        // The near half takes more rows: from −0.25 to 0 and from 0 to about 0.44 · its distance.
        #expect(Double(bright) > 0.6 * Double(column.count))
        #expect(Double(bright) < 0.9 * Double(column.count))
    }

    @Test("lights the top more than the bottom, and a ball without an edge")
    func light() throws {
        var text = ""
        let rows = 12
        for row in 0...rows {
            for column in 0..<rows {
                let rise = Double.pi * Double(row) / Double(rows)
                let turn = 2 * Double.pi * Double(column) / Double(rows)
                text += "v \(sin(rise) * cos(turn)) \(cos(rise)) \(sin(rise) * sin(turn))\n"
            }
        }
        for row in 0..<rows {
            for column in 0..<rows {
                let next = (column + 1) % rows
                let places = [(row, column), (row, next), (row + 1, next), (row + 1, column)]
                text += "f " + places.map { "\($0.0 * rows + $0.1 + 1)" }.joined(separator: " ")
                text += "\n"
            }
        }
        let picture = try Self.model(text, materials: [:])
            .picture(from: Self.front, pixels: 48)
        let column = (4..<44).map { picture[24, $0, 0] }
        #expect(column.first ?? 0 > (column.last ?? 255) + 40)
        let steps = zip(column, column.dropFirst()).map { abs($0 - $1) }
        #expect(steps.max() ?? 255 < 16)
    }

    @Test("turns and stretches a model as its list says")
    func placement() throws {
        let text = Self.square(material: "red")
        let lying = Mesh.Placement(rotation: [[1, 0, 0], [0, 0, 1], [0, -1, 0]])
        let flat = try Self.model(text, materials: Self.paints, placement: lying)
        let above = flat.picture(
            from: ModelCamera(azimuth: 0, elevation: 90, margin: 0),
            pixels: 8
        )
        #expect(Self.pixel(above, 0, 0)[3] == 255)
        let tall = Mesh.Placement(size: [1, 2, 1])
        let stretched = try Self.model(text, materials: Self.paints, placement: tall)
            .picture(from: Self.front, pixels: 16)
        #expect(Self.pixel(stretched, 8, 1)[3] == 255 && Self.pixel(stretched, 2, 8)[3] == 0)
    }

    @Test("is not there where all of it lies in one point")
    func point() throws {
        let shape = try MeshReader.read(
            Data("v 1 1 1\nv 1 1 1\nv 1 1 1\nv 5 5 5\nf 1 2 3\n".utf8),
            place: "point.obj"
        )
        #expect(Mesh(shape) == nil)
    }
}
