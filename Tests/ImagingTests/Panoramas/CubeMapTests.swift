import Foundation
import Imaging
import Settings
import TestSupport
import Testing

/// Panoramas painted on the faces of a cube.
@Suite struct CubeMapTests {
    /// Where a point of a face lies, written down apart from the code: OpenGL 4.6, table 8.19.
    private static let points: [CubeFace: @Sendable (Double, Double) -> SIMD3<Double>] = [
        .px: { SIMD3(1, -$1, -$0) }, .nx: { SIMD3(-1, -$1, $0) }, .py: { SIMD3($0, 1, $1) },
        .ny: { SIMD3($0, -1, -$1) }, .pz: { SIMD3($0, -$1, 1) }, .nz: { SIMD3(-$0, -$1, -1) },
    ]

    /// A panorama whose colours say where each pixel lies on the sphere.
    private static func directions(height: Int, depth: SampleDepth) -> Picture {
        var values: [Float] = []
        for y in 0..<height {
            let latitude = (0.5 - (Double(y) + 0.5) / Double(height)) * .pi
            for x in 0..<2 * height {
                let longitude = ((Double(x) + 0.5) / Double(2 * height) - 0.5) * 2 * .pi
                values += [
                    cos(latitude) * sin(longitude), sin(latitude), cos(latitude) * cos(longitude),
                ].map { Float($0) }
            }
        }
        return Picture(
            width: 2 * height,
            height: height,
            channels: 3,
            values: values,
            layout: .interleaved,
            depth: depth
        )
    }

    /// A panorama of chance.
    private static func noise(height: Int, channels: Int, depth: SampleDepth) -> Picture {
        var chance = SeededChance(3)
        return Picture(
            width: 2 * height,
            height: height,
            channels: channels,
            depth: depth,
            samples: (0..<2 * height * height * channels * depth.bytes).map { _ in
                UInt8.random(in: 0...255, using: &chance)
            }
        )
    }

    @Test("each pixel shows what lies in its direction", arguments: [SampleDepth.eight, .sixteen])
    func directions(depth: SampleDepth) throws {
        let panorama = try Panorama(Self.directions(height: 128, depth: depth), name: "a")
        let map = CubeMap(panorama)
        #expect(map.side == 64 && map.faces.count == 6)
        for (face, point) in Self.points {
            let picture = try #require(map.faces[face])
            #expect(picture.width == 64 && picture.height == 64 && picture.depth == depth)
            let values = picture.values(layout: .interleaved)
            for y in 0..<64 {
                for x in 0..<64 {
                    let at = point((Double(x) + 0.5) / 32 - 1, (Double(y) + 0.5) / 32 - 1)
                    let length = (at * at).sum().squareRoot()
                    for axis in 0..<3 {
                        let found = Double(values[(y * 64 + x) * 3 + axis])
                        #expect(abs(found - at[axis] / length) < 0.01, "\(face) \(x) \(y) \(axis)")
                    }
                }
            }
        }
    }

    /// Outermost pixels that lie on the same point of an edge are equal to the last bit.
    @Test(arguments: [(SampleDepth.eight, 3, 16), (.sixteen, 4, 33), (.eight, 1, 2)])
    func sharedEdgesAreEqual(depth: SampleDepth, channels: Int, side: Int) throws {
        let picture = Self.noise(height: 32, channels: channels, depth: depth)
        let map = CubeMap(try Panorama(picture, name: "a"), side: side, edges: .shared)
        var seen: [[Int]: (pixel: [Int], count: Int)] = [:]
        for (face, point) in Self.points {
            let own = try #require(map.faces[face])
            for y in 0..<side {
                for x in 0..<side where min(x, y) == 0 || max(x, y) == side - 1 {
                    let last = Double(side - 1)
                    let at = point((2 * Double(x) - last) / last, (2 * Double(y) - last) / last)
                    let key = (0..<3).map { Int((at[$0] * last).rounded()) }
                    let pixel = (0..<channels).map { own[x, y, $0] }
                    let before = seen[key]
                    #expect(before == nil || before?.pixel == pixel, "\(face) \(x) \(y)")
                    seen[key] = (pixel, (before?.count ?? 0) + 1)
                }
            }
        }
        // Every point of an edge lies on two faces, every corner on three.
        #expect(seen.values.count { $0.count == 3 } == 8)
        #expect(seen.values.count { $0.count == 2 } == 12 * (side - 2))
        #expect(seen.count == 8 + 12 * (side - 2))
    }

    /// Over the edges of the faces, as engines read them, steps are no larger than inside.
    @Test func usualEdgesGoOn() throws {
        let map = CubeMap(
            try Panorama(Self.noise(height: 32, channels: 1, depth: .eight), name: "a")
        )
        let side = map.side
        var pixels: [(at: SIMD3<Double>, value: Int)] = []
        var inside: [Int] = []
        for (face, point) in Self.points {
            let own = try #require(map.faces[face])
            for y in 0..<side {
                for x in 0..<side {
                    if x > 0 { inside.append(abs(own[x, y, 0] - own[x - 1, y, 0])) }
                    guard min(x, y) == 0 || max(x, y) == side - 1 else { continue }
                    let at = point(
                        (2 * Double(x) + 1) / Double(side) - 1,
                        (2 * Double(y) + 1) / Double(side) - 1
                    )
                    pixels.append((at, own[x, y, 0]))
                }
            }
        }
        // Neighbours over an edge are a pixel from each other along two axes, half of one each.
        var over: [Int] = []
        for (place, one) in pixels.enumerated() {
            for other in pixels[(place + 1)...] {
                let step = one.at - other.at
                let far = (0..<3).map { abs(step[$0]) * Double(side) }.sorted()
                guard far[0] < 0.01, abs(far[1] - 1) < 0.01, abs(far[2] - 1) < 0.01 else {
                    continue
                }
                over.append(abs(one.value - other.value))
            }
        }
        #expect(over.count >= 12 * (side - 2))
        func mean(_ steps: [Int]) -> Double {
            Double(steps.reduce(0, +)) / Double(max(steps.count, 1))
        }
        #expect(mean(over) <= mean(inside))
    }

    @Test func theSheetIsACross() throws {
        let picture = Self.noise(height: 16, channels: 4, depth: .eight)
        let map = CubeMap(try Panorama(picture, name: "a"), side: 5)
        let cross = map.cross
        #expect(cross.width == 20 && cross.height == 15 && cross.channels == 4)
        for (face, column, row) in [
            (CubeFace.py, 1, 0), (.nx, 0, 1), (.pz, 1, 1), (.px, 2, 1), (.nz, 3, 1), (.ny, 1, 2),
        ] {
            #expect(
                cross.cropped(x: 5 * column, y: 5 * row, width: 5, height: 5) == map.faces[face]
            )
        }
        #expect(cross[0, 0, 3] == 0 && cross[19, 14, 3] == 0)
    }

    @Test(arguments: [(3, 1), (2, 1), (6, 3), (1, 1), (1, 2), (64, 31), (64, 64)])
    func whatIsNoPanoramaIsRefused(width: Int, height: Int) throws {
        let picture = Picture(width: width, height: height, channels: 1, filledWith: .black)
        let error = try #require(throws: ImagingError.self) {
            try Panorama(picture, name: "sky.png")
        }
        #expect(error.description.contains("sky.png"))
        #expect(error.description.contains("found \(width)×\(height)"))
    }

    /// The outermost rows become one colour each, and the middle stays to the last bit.
    @Test(arguments: [SampleDepth.eight, .sixteen]) func polesBecomeEven(depth: SampleDepth) {
        let picture = Self.noise(height: 32, channels: 4, depth: depth)
        let even = picture.withEvenPoles()
        for row in [0, 31] {
            for x in 1..<64 {
                for channel in 0..<4 { #expect(even[x, row, channel] == even[0, row, channel]) }
            }
        }
        let middle = { (one: Picture) in one.cropped(x: 0, y: 4, width: 64, height: 24) }
        #expect(middle(even).channels == 4)
        for y in 4..<28 {
            for x in 0..<64 where picture[x, y, 3] > picture.depth.maximum / 8 {
                for channel in 0..<4 {
                    #expect(abs(even[x, y, channel] - picture[x, y, channel]) <= 1)
                }
            }
        }
        let square = picture.cropped(x: 0, y: 0, width: 32, height: 32)
        #expect(square.withEvenPoles() == square)
    }

    /// The picture's other end lies beyond its edges.
    @Test func rimsAreOfTheOtherEnd() {
        let picture = Picture(width: 4, height: 1, channels: 1, samples: [1, 2, 3, 4])
        #expect(picture.wrapped(2).samples == [3, 4, 1, 2, 3, 4, 1, 2])
        #expect(picture.wrapped(0) == picture)
        #expect(picture.seams.columns == 3)
    }
}
