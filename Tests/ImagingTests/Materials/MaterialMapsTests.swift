import Foundation
import Imaging
import Settings
import TestSupport
import Testing

/// Height, normals and roughness of textures.
@Suite struct MaterialMapsTests {
    /// A texture of waves that goes on at all edges, some grain on a half of it.
    private static func texture(_ width: Int, _ height: Int, depth: SampleDepth) -> Picture {
        var chance = SeededChance(7)
        var values: [Float] = []
        for y in 0..<height {
            for x in 0..<width {
                let (right, down) = (Double(x) / Double(width), Double(y) / Double(height))
                let wave = 0.3 * sin(2 * .pi * (3 * right + down)) + 0.2 * cos(2 * .pi * 4 * down)
                let grain = down < 0.5 ? Double.random(in: -0.3...0.3, using: &chance) : 0
                values += [Float(wave + grain), Float(wave + grain), Float(0.5 * wave + grain)]
            }
        }
        return Picture(
            width: width,
            height: height,
            channels: 3,
            values: values,
            layout: .interleaved,
            depth: depth
        )
    }

    @Test(arguments: [(64, 48, SampleDepth.eight), (33, 40, .sixteen)])
    func normalsHaveLengthOne(width: Int, height: Int, depth: SampleDepth) throws {
        var options = MaterialMaps.Options()
        options.strength = 4
        let texture = Self.texture(width, height, depth: depth)
        let maps = try MaterialMaps(texture, name: "a", options)
        #expect(maps.height.depth == .sixteen && maps.height.channels == 1)
        #expect(maps.normal.depth == depth && maps.normal.channels == 3)
        #expect(maps.roughness.depth == depth && maps.roughness.channels == 1)
        #expect(maps.named.map(\.name) == ["height", "normal", "roughness"])
        #expect(maps.named.allSatisfy { $0.picture.width == width && $0.picture.height == height })
        let values = maps.normal.values(layout: .interleaved)
        var slopes = 0
        for pixel in stride(from: 0, to: values.count, by: 3) {
            let (x, y, z) = (values[pixel], values[pixel + 1], values[pixel + 2])
            let length = (x * x + y * y + z * z).squareRoot()
            #expect(abs(length - 1) < (depth == .eight ? 0.01 : 1e-4))
            #expect(z > 0)
            if abs(x) + abs(y) > 0.2 { slopes += 1 }
        }
        #expect(slopes > width * height / 4)
    }

    /// Maps of a texture that was moved over its edges are the maps moved: nothing happens at the edges.
    @Test(arguments: [(21, 13), (-1, 0), (0, 47)]) func mapsWrap(right: Int, down: Int) throws {
        let texture = Self.texture(64, 48, depth: .sixteen)
        let maps = try MaterialMaps(texture, name: "a")
        let moved = try MaterialMaps(texture.rolled(right: right, down: down), name: "a")
        for (one, other) in zip(maps.named, moved.named) {
            let expected = one.picture.rolled(right: right, down: down)
            let furthest =
                zip(expected.sixteenBitSamples, other.picture.sixteenBitSamples)
                .map { abs(Int($0) - Int($1)) }.max() ?? 0
            #expect(furthest <= 16, "\(one.name) differs by \(furthest) of 65535")
            #expect(one.picture.seams.columns < 2 && one.picture.seams.rows < 2)
        }
    }

    @Test func anEvenTextureIsFlat() throws {
        for depth in [SampleDepth.eight, .sixteen] {
            let even = Picture(width: 8, height: 6, channels: 4, depth: depth, filledWith: .black)
            let maps = try MaterialMaps(even, name: "a")
            let most = depth.maximum
            #expect(Set(maps.height.sixteenBitSamples) == [32768])
            for channel in 0..<3 {
                #expect(maps.normal[3, 3, channel] == (channel == 2 ? most : (most + 1) / 2))
            }
            #expect(Set(maps.roughness.samples).count <= depth.bytes)
        }
    }

    /// A light bump faces outwards at its flanks: red to the right, green up, or down for DirectX; dark is low, or high.
    @Test func slopesFaceOutwards() throws {
        let bump = Picture(
            width: 32,
            height: 32,
            channels: 1,
            values: (0..<1024).map { place in
                let (x, y) = (Float(place % 32) - 16, Float(place / 32) - 16)
                return exp(-(x * x + y * y) / 18) * 1.6 - 0.8
            },
            layout: .interleaved
        )
        func normal(_ options: MaterialMaps.Options, _ x: Int, _ y: Int) throws -> (Int, Int) {
            let map = try MaterialMaps(bump, name: "a", options).normal
            return (map[x, y, 0], map[x, y, 1])
        }
        var options = MaterialMaps.Options()
        #expect(try normal(options, 19, 16).0 > 132 && normal(options, 13, 16).0 < 124)
        #expect(try normal(options, 16, 13).1 > 132 && normal(options, 16, 19).1 < 124)
        options.convention = .directx
        #expect(try normal(options, 16, 13).1 < 124 && normal(options, 19, 16).0 > 132)
        options = MaterialMaps.Options()
        options.high = .dark
        #expect(try normal(options, 19, 16).0 < 124 && normal(options, 16, 13).1 < 124)
        let map = try MaterialMaps(bump, name: "a").height
        #expect(map[16, 16, 0] > map[16, 19, 0] && map[16, 19, 0] > map[16, 24, 0])
        options.strength = 0
        #expect(try normal(options, 19, 16) == (128, 128))
    }

    /// Where the texture has grain it is rougher.
    @Test func grainIsRough() throws {
        let rough = try MaterialMaps(Self.texture(64, 64, depth: .eight), name: "a").roughness
        func mean(_ rows: Range<Int>) -> Int {
            rows.reduce(0) { sum, y in (0..<64).reduce(sum) { $0 + rough[$1, y, 0] } } / rows.count
                / 64
        }
        #expect(mean(6..<26) > mean(38..<58) + 20)
    }

    @Test(arguments: [(1, 1), (3, 64), (64, 3), (4097, 4096)])
    func whatIsNoTextureIsRefused(width: Int, height: Int) throws {
        let picture = Picture(width: width, height: height, channels: 1, filledWith: .black)
        let error = try #require(throws: ImagingError.self) {
            try MaterialMaps(picture, name: "bricks.png")
        }
        #expect(error.description.contains("bricks.png"))
        #expect(error.description.contains("found \(width)×\(height)"))
    }
}
