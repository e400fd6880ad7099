/// Pixels as numbers while a style works on them: red, green, blue times alpha, and alpha, 0 to 1.
struct StyleCanvas {
    let width: Int
    let height: Int
    var pixels: [SIMD4<Float>]

    /// The weights of ITU-R BT.601; none for alpha.
    static let luma = SIMD4<Float>(0.299, 0.587, 0.114, 0)

    init(width: Int, height: Int, pixels: [SIMD4<Float>]) {
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    init(_ picture: Picture) {
        width = picture.width
        height = picture.height
        let count = picture.width * picture.height
        let channels = picture.channels
        let alpha = picture.hasAlpha
        let color = picture.hasColor
        func read<Sample: FixedWidthInteger & UnsignedInteger>(
            _ samples: [Sample]
        ) -> [SIMD4<Float>] {
            let scale = 1 / Float(Sample.max)
            return samples.withUnsafeBufferPointer { from in
                [SIMD4<Float>](unsafeUninitializedCapacity: count) { to, filled in
                    for index in 0..<count {
                        let at = index * channels
                        let red = Float(from[at])
                        let green = color ? Float(from[at + 1]) : red
                        let blue = color ? Float(from[at + 2]) : red
                        let cover = alpha ? Float(from[at + channels - 1]) * scale : 1
                        var pixel = SIMD4(red, green, blue, 0) * (scale * cover)
                        pixel.w = cover
                        to[index] = pixel
                    }
                    filled = count
                }
            }
        }
        pixels =
            picture.depth == .eight ? read(picture.samples) : read(picture.sixteenBitSamples)
    }

    /// The shorter side.
    var side: Int { min(width, height) }

    /// A length that is so long where the shorter side is 128 pixels.
    func length(_ pixels: Float, atLeast least: Float = 0.5) -> Float {
        max(least, pixels * Float(side) / 128)
    }

    /// This canvas with so much of another one over it.
    func mixed(with other: StyleCanvas, _ share: Float) -> StyleCanvas {
        guard share < 1 else { return other }
        var result = self
        for index in result.pixels.indices {
            result.pixels[index] += (other.pixels[index] - pixels[index]) * share
        }
        return result
    }

    /// The samples of a picture with the channels and depth of another.
    func picture(like other: Picture) -> Picture {
        let channels = other.channels
        let color = other.hasColor
        let alpha = other.hasAlpha
        let count = width * height
        func written<Sample: FixedWidthInteger & UnsignedInteger>(
            as type: Sample.Type
        ) -> [Sample] {
            let scale = Float(Sample.max)
            return pixels.withUnsafeBufferPointer { from in
                [Sample](unsafeUninitializedCapacity: count * channels) { to, filled in
                    for index in 0..<count {
                        let pixel = Self.straight(from[index])
                        let at = index * channels
                        let scaled = Self.clamped(pixel) * scale + 0.5
                        if color {
                            to[at] = Sample(truncatingIfNeeded: Int32(scaled.x))
                            to[at + 1] = Sample(truncatingIfNeeded: Int32(scaled.y))
                            to[at + 2] = Sample(truncatingIfNeeded: Int32(scaled.z))
                        } else {
                            let grey = (scaled * Self.luma).sum()
                            to[at] = Sample(truncatingIfNeeded: Int32(grey))
                        }
                        if alpha {
                            to[at + channels - 1] = Sample(truncatingIfNeeded: Int32(scaled.w))
                        }
                    }
                    filled = count * channels
                }
            }
        }
        switch other.depth {
        case .eight:
            return Picture(
                width: width,
                height: height,
                channels: channels,
                samples: written(as: UInt8.self)
            )
        case .sixteen:
            return Picture(
                width: width,
                height: height,
                channels: channels,
                sixteenBitSamples: written(as: UInt16.self)
            )
        }
    }

    /// Colour that is not weighted by alpha; black where nothing is.
    @inline(__always)
    static func straight(_ pixel: SIMD4<Float>) -> SIMD4<Float> {
        let cover = pixel.w
        guard cover > 0.001 else { return .zero }
        var result = pixel * (1 / cover)
        result.w = cover
        return result
    }

    /// A colour weighted by alpha.
    @inline(__always)
    static func weighted(_ color: SIMD4<Float>, alpha: Float) -> SIMD4<Float> {
        var result = color * alpha
        result.w = alpha
        return result
    }

    /// Each number kept within 0 and 1.
    @inline(__always)
    static func clamped(_ pixel: SIMD4<Float>) -> SIMD4<Float> {
        let low = pixel.replacing(with: 0, where: pixel .< 0)
        return low.replacing(with: 1, where: low .> 1)
    }

    /// Straight colours over the whole canvas, with the alpha of each pixel.
    var straightPixels: [SIMD4<Float>] { pixels.map(Self.straight) }

    /// How light each pixel is on a ground as light as this.
    func lightness(on ground: Float) -> [Float] {
        pixels.map { ($0 * Self.luma).sum() + ground * (1 - $0.w) }
    }

    /// Each pixel made anew from its number, column and row.
    func drawn(_ body: (Int, Int, Int) -> SIMD4<Float>) -> StyleCanvas {
        StyleCanvas(
            width: width,
            height: height,
            pixels: [SIMD4<Float>](unsafeUninitializedCapacity: width * height) { to, filled in
                var index = 0
                for y in 0..<height {
                    for x in 0..<width {
                        to[index] = body(index, x, y)
                        index += 1
                    }
                }
                filled = index
            }
        )
    }

    /// A number for each pixel, from its number, column and row.
    func plane(_ body: (Int, Int, Int) -> Float) -> [Float] {
        [Float](unsafeUninitializedCapacity: width * height) { to, filled in
            var index = 0
            for y in 0..<height {
                for x in 0..<width {
                    to[index] = body(index, x, y)
                    index += 1
                }
            }
            filled = index
        }
    }
}

/// 0 below the first, 1 above the second, smooth between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ value: Float) -> Float {
    // Both ends are mostly constants: then nothing is divided.
    let scaled = (value - low) * (1 / (high - low))
    let share = scaled < 0 ? 0 : scaled > 1 ? 1 : scaled
    return share * share * (3 - 2 * share)
}
