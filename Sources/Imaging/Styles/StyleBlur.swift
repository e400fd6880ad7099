/// What can be averaged.
protocol StyleSample {
    static var zero: Self { get }
    static func + (left: Self, right: Self) -> Self
    static func - (left: Self, right: Self) -> Self
    static func * (left: Self, right: Float) -> Self
}

extension Float: StyleSample {}
extension SIMD4: StyleSample where Scalar == Float {}

/// Averages around every pixel.
enum StyleBlur {
    /// Three passes of a box with a fractional rim: a Gaussian, in time that does not grow with it.
    ///
    /// Beyond the border the last pixel goes on.
    /// Source: Gwosdek, Grewenig, Bruhn, Weickert, "Theoretical Foundations of Gaussian Convolution
    /// by Extended Box Filtering", 2011.
    static func gaussian<Sample: StyleSample>(
        _ values: [Sample],
        width: Int,
        height: Int,
        sigma: Float
    ) -> [Sample] {
        guard sigma > 0.05 else { return values }
        // The variance of one box of radius r with rims weighted a, a third of what is wanted.
        let variance = sigma * sigma / 3
        var radius = Int(((12 * variance + 1).squareRoot() - 1) / 2)
        let r = Float(radius)
        let inner = r * (r + 1) * (2 * r + 1) / 3
        var rim = (variance * (2 * r + 1) - inner) / (2 * ((r + 1) * (r + 1) - variance))
        radius = max(0, radius)
        rim = min(max(rim, 0), 1)
        var current = values
        var other = values
        for (across, down) in [(width, height), (height, width)] {
            for pass in 0..<3 {
                current.withUnsafeBufferPointer { from in
                    other.withUnsafeMutableBufferPointer { to in
                        box(from, to, across, down, radius, rim, turns: pass == 2)
                    }
                }
                swap(&current, &other)
            }
        }
        return current
    }

    /// One pass along the rows; the last one of a direction turns the picture over its diagonal.
    private static func box<Sample: StyleSample>(
        _ from: UnsafeBufferPointer<Sample>,
        _ to: UnsafeMutableBufferPointer<Sample>,
        _ width: Int,
        _ height: Int,
        _ radius: Int,
        _ rim: Float,
        turns: Bool
    ) {
        let scale = 1 / (Float(2 * radius + 1) + 2 * rim)
        let step = turns ? height : 1
        for y in 0..<height {
            let row = UnsafeBufferPointer(rebasing: from[y * width..<(y + 1) * width])
            let last = width - 1
            var target = turns ? y : y * width
            var sum = Sample.zero
            for x in -radius...radius { sum = sum + row[min(max(x, 0), last)] }
            for x in 0..<width {
                let before = row[max(x - radius - 1, 0)]
                let after = row[min(x + radius + 1, last)]
                to[target] = (sum + (before + after) * rim) * scale
                target += step
                sum = sum + after - row[max(x - radius, 0)]
            }
        }
    }
}

extension StyleCanvas {
    /// The canvas averaged by a Gaussian.
    func blurred(_ sigma: Float) -> StyleCanvas {
        StyleCanvas(
            width: width,
            height: height,
            pixels: StyleBlur.gaussian(pixels, width: width, height: height, sigma: sigma)
        )
    }

    /// A plane of this canvas averaged by a Gaussian.
    func blurred(_ plane: [Float], _ sigma: Float) -> [Float] {
        StyleBlur.gaussian(plane, width: width, height: height, sigma: sigma)
    }
}
