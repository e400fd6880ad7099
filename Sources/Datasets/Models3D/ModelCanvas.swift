import Imaging

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The samples of a picture while a model is drawn into it, several across each pixel.
///
/// First the nearest opaque triangle of each sample is found, then each sample is lit once, then
/// what lets light through is laid over, the farthest first.
struct ModelCanvas {
    /// The nearest opaque surface at a sample.
    private struct Hit {
        var triangle: Int32 = -1
        var second: Float = 0
        var third: Float = 0
        var nearness: Float = 0
    }

    private let side: Int
    private let samples: Int
    private let width: Int
    private let model: Model3D
    private let places: [SIMD3<Float>]
    private let eye: SIMD3<Float>
    private let light: SurfaceLight
    private var hits: [Hit]
    private var colors: [SIMD4<Float>]

    /// Materials that cover less than this are not there at all.
    private static let leastOpacity: Float = 0.02

    /// What covers more than this covers all.
    private static let mostOpacity: Float = 0.95

    init(side: Int, samples: Int, model: Model3D, camera: ModelCamera) {
        self.side = side
        self.samples = samples
        self.model = model
        width = side * samples
        places = camera.places(
            of: model.mesh.positions,
            corners: model.mesh.corners,
            side: Float(width)
        )
        eye = camera.position
        light = SurfaceLight(camera)
        hits = Array(repeating: Hit(), count: width * width)
        colors = Array(repeating: SIMD4(), count: width * width)
    }

    /// Draws what hides everything behind it.
    mutating func drawOpaque() {
        var hits = hits
        self.hits = []
        for triangle in 0..<model.mesh.count {
            let material = Int(model.mesh.triangleMaterials[triangle])
            guard model.materials[material].opacity > Self.mostOpacity else { continue }
            let texture = model.textures[material]
            let isWhole = texture?.isOpaque ?? true
            // A back that lies on a front, as doubled faces have it, must not show.
            let weight: Float = faces(triangle) ? 1 : 0.998
            cover(triangle) { index, second, third, nearness in
                guard nearness * weight > hits[index].nearness else { return }
                if !isWhole {
                    let inner = inside(triangle, second, third)
                    guard alpha(triangle, inner, texture) > Self.mostOpacity else { return }
                }
                hits[index] = Hit(
                    triangle: Int32(triangle),
                    second: second,
                    third: third,
                    nearness: nearness * weight
                )
            }
        }
        for index in hits.indices where hits[index].triangle >= 0 {
            let hit = hits[index]
            let triangle = Int(hit.triangle)
            var color = color(triangle, inside(triangle, hit.second, hit.third))
            color.w = 1
            colors[index] = color
        }
        self.hits = hits
    }

    /// Lays over what lets something through, the farthest first.
    mutating func drawTranslucent() {
        let order = (0..<model.mesh.count).filter(isTranslucent).map { triangle in
            (triangle, (0..<3).reduce(Float(0)) { $0 + corner(triangle, $1).z })
        }.sorted { $0.1 < $1.1 }.map(\.0)
        guard !order.isEmpty else { return }
        var colors = colors
        self.colors = []
        for triangle in order {
            let isTextured = model.textures[Int(model.mesh.triangleMaterials[triangle])] != nil
            let isSolid =
                model.materials[Int(model.mesh.triangleMaterials[triangle])].opacity
                > Self.mostOpacity
            cover(triangle) { index, second, third, nearness in
                guard nearness > hits[index].nearness else { return }
                let color = self.color(triangle, inside(triangle, second, third))
                guard color.w > Self.leastOpacity else { return }
                if isTextured, isSolid, color.w > Self.mostOpacity { return }
                let under = colors[index]
                var over = color * color.w
                over.w = color.w
                colors[index] = over + under * (1 - color.w)
            }
        }
        self.colors = colors
    }

    /// The picture: the mean of each pixel's samples.
    var picture: Picture {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(side * side * 4)
        for y in 0..<side {
            for x in 0..<side {
                var sum = SIMD4<Float>()
                for row in 0..<samples {
                    let start = (y * samples + row) * width + x * samples
                    for column in 0..<samples { sum += colors[start + column] }
                }
                let alpha = sum.w / Float(samples * samples)
                let straight = alpha > 0 ? sum / sum.w : SIMD4()
                for channel in 0..<3 { bytes.append(Self.byte(straight[channel])) }
                bytes.append(Self.byte(alpha))
            }
        }
        return Picture(width: side, height: side, channels: 4, samples: bytes)
    }

    private static func byte(_ value: Float) -> UInt8 {
        let scaled = (value * 255).rounded()
        return scaled.isNaN ? 0 : UInt8(min(max(scaled, 0), 255))
    }

    private func isTranslucent(_ triangle: Int) -> Bool {
        let material = Int(model.mesh.triangleMaterials[triangle])
        let opacity = model.materials[material].opacity
        if opacity > Self.mostOpacity { return model.textures[material]?.isOpaque == false }
        // The far side of glass would only make it darker.
        return opacity > Self.leastOpacity && faces(triangle)
    }

    /// Whether the front of a triangle is towards the camera.
    @inline(__always)
    private func faces(_ triangle: Int) -> Bool {
        let position = model.mesh.positions[Int(model.mesh.corners[3 * triangle])]
        return Vectors.dot(model.mesh.faceNormals[triangle], eye - position) >= 0
    }

    @inline(__always)
    private func corner(_ triangle: Int, _ number: Int) -> SIMD3<Float> {
        places[Int(model.mesh.corners[3 * triangle + number])]
    }

    /// Visits the samples within a triangle: index, shares of its second and third corner on the
    /// picture, and the inverse of the distance.
    @inline(__always)
    private func cover(
        _ triangle: Int,
        _ visit: (_ index: Int, _ second: Float, _ third: Float, _ nearness: Float) -> Void
    ) {
        let a = corner(triangle, 0)
        let b = corner(triangle, 1)
        let c = corner(triangle, 2)
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
        guard abs(area) > 1e-9, area.isFinite else { return }
        let limit = Float(width - 1)
        let left = pointwiseMax(pointwiseMin(pointwiseMin(a, b), c) - 0.5, SIMD3())
        let right = pointwiseMin(pointwiseMax(pointwiseMax(a, b), c) - 0.5, SIMD3(repeating: limit))
        let firstX = Int(left.x.rounded(.up))
        let lastX = Int(right.x.rounded(.down))
        let firstY = Int(left.y.rounded(.up))
        let lastY = Int(right.y.rounded(.down))
        guard firstX <= lastX, firstY <= lastY else { return }
        let inverse = 1 / area
        let secondX = (c.y - a.y) * inverse
        let secondY = -(c.x - a.x) * inverse
        let thirdX = -(b.y - a.y) * inverse
        let thirdY = (b.x - a.x) * inverse
        for y in firstY...lastY {
            let dy = Float(y) + 0.5 - a.y
            let dx = Float(firstX) + 0.5 - a.x
            var second = dx * secondX + dy * secondY
            var third = dx * thirdX + dy * thirdY
            for x in firstX...lastX {
                if second >= 0, third >= 0, second + third <= 1 {
                    let nearness = a.z + second * (b.z - a.z) + third * (c.z - a.z)
                    visit(y * width + x, second, third, nearness)
                }
                second += secondX
                third += thirdX
            }
        }
    }

    /// The shares of the three corners on the surface itself, seen in perspective.
    @inline(__always)
    private func inside(_ triangle: Int, _ second: Float, _ third: Float) -> SIMD3<Float> {
        let shares: SIMD3<Float> = [
            (1 - second - third) * corner(triangle, 0).z,
            second * corner(triangle, 1).z,
            third * corner(triangle, 2).z,
        ]
        return shares / shares.sum()
    }

    @inline(__always)
    private func texel(
        _ triangle: Int,
        _ shares: SIMD3<Float>,
        _ texture: MeshTexture
    ) -> SIMD4<Float> {
        let mesh = model.mesh
        guard !mesh.cornerCoordinates.isEmpty else { return SIMD4(repeating: 1) }
        let a = mesh.cornerCoordinates[3 * triangle]
        let b = mesh.cornerCoordinates[3 * triangle + 1]
        let c = mesh.cornerCoordinates[3 * triangle + 2]
        let scale = model.materials[Int(mesh.triangleMaterials[triangle])].repetition
        let place = (a * shares.x + b * shares.y + c * shares.z) * scale
        // The size of the texture whose texels are about as large as the samples.
        let ab = (b - a) * scale
        let ac = (c - a) * scale
        let texels = abs(ab.x * ac.y - ab.y * ac.x) * texture.area
        let p = corner(triangle, 0)
        let q = corner(triangle, 1)
        let r = corner(triangle, 2)
        let area = abs((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x))
        var level = 0
        var ratio = texels / area
        while ratio > 2, level < texture.lastLevel {
            ratio /= 4
            level += 1
        }
        return texture.color(at: place, level: level)
    }

    @inline(__always)
    private func alpha(
        _ triangle: Int,
        _ shares: SIMD3<Float>,
        _ texture: MeshTexture?
    ) -> Float {
        texture.map { texel(triangle, shares, $0).w } ?? 1
    }

    private func color(_ triangle: Int, _ shares: SIMD3<Float>) -> SIMD4<Float> {
        let mesh = model.mesh
        let material = Int(mesh.triangleMaterials[triangle])
        func between(_ values: [SIMD3<Float>], _ place: (Int) -> Int) -> SIMD3<Float> {
            values[place(0)] * shares.x + values[place(1)] * shares.y + values[place(2)] * shares.z
        }
        let point = between(mesh.positions) { Int(mesh.corners[3 * triangle + $0]) }
        var face = mesh.faceNormals[triangle]
        if !faces(triangle) { face = -face }
        var normal = Vectors.unit(between(mesh.cornerNormals) { 3 * triangle + $0 }) ?? face
        if Vectors.dot(normal, face) < 0 { normal = -normal }
        return light.color(
            of: model.materials[material],
            texel: model.textures[material].map { texel(triangle, shares, $0) },
            at: point,
            normal: normal
        )
    }
}
