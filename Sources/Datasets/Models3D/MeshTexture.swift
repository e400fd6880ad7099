import Imaging

/// A picture on a surface, in halves of halves of its size, repeated in both directions.
package struct MeshTexture: Sendable {
    /// One size of it: red, green, blue and alpha, colours multiplied by alpha.
    private struct Level: Sendable {
        let width: Int
        let height: Int
        let texels: [SIMD4<UInt8>]
    }

    /// Whether all of it is opaque.
    package let isOpaque: Bool

    private let levels: [Level]

    /// How many texels it has.
    let area: Float

    /// The last of its sizes.
    let lastLevel: Int

    /// Makes a texture of a picture.
    ///
    /// - Parameters:
    ///   - picture: The picture, with any channels and depth.
    ///   - side: The most pixels along a side that are kept.
    package init(_ picture: Picture, keeping side: Int) {
        let samples = picture.converted(depth: .eight).converted(channels: 4).samples
        var isOpaque = true
        let texels = stride(from: 0, to: samples.count, by: 4).map { place -> SIMD4<UInt8> in
            let alpha = samples[place + 3]
            if alpha < 255 { isOpaque = false }
            func times(_ sample: UInt8) -> UInt8 {
                UInt8((Int(sample) * Int(alpha) + 127) / 255)
            }
            return SIMD4(
                times(samples[place]),
                times(samples[place + 1]),
                times(samples[place + 2]),
                alpha
            )
        }
        self.isOpaque = isOpaque
        var level = Level(width: picture.width, height: picture.height, texels: texels)
        while max(level.width, level.height) > max(side, 1) { level = Self.half(level) }
        var levels = [level]
        while max(level.width, level.height) > 1 {
            level = Self.half(level)
            levels.append(level)
        }
        area = Float(levels[0].width * levels[0].height)
        lastLevel = levels.count - 1
        self.levels = levels
    }

    /// The colour at a place, between the four texels around it: straight colour and alpha.
    @inline(__always)
    func color(at place: SIMD2<Float>, level: Int) -> SIMD4<Float> {
        let level = levels[min(max(level, 0), lastLevel)]
        let u = Self.fraction(place.x) * Float(level.width) - 0.5
        let v = Self.fraction(-place.y) * Float(level.height) - 0.5
        let left = u.rounded(.down)
        let top = v.rounded(.down)
        let x0 = left < 0 ? level.width - 1 : min(Int(left), level.width - 1)
        let y0 = top < 0 ? level.height - 1 : min(Int(top), level.height - 1)
        let x1 = x0 + 1 == level.width ? 0 : x0 + 1
        let y1 = y0 + 1 == level.height ? 0 : y0 + 1
        let fx = u - left
        let fy = v - top
        func texel(_ x: Int, _ y: Int) -> SIMD4<Float> {
            SIMD4<Float>(level.texels[y * level.width + x])
        }
        let above = texel(x0, y0) * (1 - fx) + texel(x1, y0) * fx
        let below = texel(x0, y1) * (1 - fx) + texel(x1, y1) * fx
        var color = (above * (1 - fy) + below * fy) / 255
        if !isOpaque, color.w > 0, color.w < 1 {
            let alpha = color.w
            color /= alpha
            color.w = alpha
        }
        return color
    }

    /// The part after the point, 0 to 1, also of what is not finite.
    @inline(__always)
    private static func fraction(_ value: Float) -> Float {
        let part = value - value.rounded(.down)
        return part >= 0 && part <= 1 ? part : 0
    }

    private static func half(_ level: Level) -> Level {
        let width = max(level.width / 2, 1)
        let height = max(level.height / 2, 1)
        var texels: [SIMD4<UInt8>] = []
        texels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                var sum = SIMD4<UInt32>(repeating: 2)
                for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                    let column = min(2 * x + dx, level.width - 1)
                    let row = min(2 * y + dy, level.height - 1)
                    sum &+= SIMD4<UInt32>(
                        truncatingIfNeeded: level.texels[row * level.width + column]
                    )
                }
                texels.append(SIMD4<UInt8>(truncatingIfNeeded: sum &>> 2))
            }
        }
        return Level(width: width, height: height, texels: texels)
    }
}
