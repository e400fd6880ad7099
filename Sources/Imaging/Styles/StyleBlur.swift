/// Averages along rows: three passes of a box with a fractional rim, which come near to a Gaussian.
///
/// The time does not grow with the width. Beyond the border the last pixel goes on.
/// Source: Gwosdek, Grewenig, Bruhn, Weickert, "Theoretical Foundations of Gaussian Convolution by
/// Extended Box Filtering", 2011.
struct StyleBlur {
    private let radius: Int
    private let rim: Float

    init(sigma: Float) {
        // The variance of one box of radius r with rims weighted a, a third of what is wanted.
        let variance = sigma * sigma / 3
        radius = max(0, Int(((12 * variance + 1).squareRoot() - 1) / 2))
        let r = Float(radius)
        let inner = r * (r + 1) * (2 * r + 1) / 3
        let wanted = (variance * (2 * r + 1) - inner) / (2 * ((r + 1) * (r + 1) - variance))
        rim = min(max(wanted, 0), 1)
    }

    /// The picture averaged along its rows, and turned over its diagonal.
    func turned(_ pixels: [SIMD4<Float>], width: Int, height: Int) -> [SIMD4<Float>] {
        var result = pixels
        blur(count: width) { line, passes in
            pixels.withUnsafeBufferPointer { from in
                result.withUnsafeMutableBufferPointer { to in
                    for y in 0..<height {
                        for x in 0..<width { line[x] = from[y * width + x] }
                        passes()
                        for x in 0..<width { to[x * height + y] = line[x] }
                    }
                }
            }
        }
        return result
    }

    /// A plane averaged along its rows, and turned over its diagonal; four rows at once.
    func turned(_ plane: [Float], width: Int, height: Int) -> [Float] {
        var result = plane
        blur(count: width) { line, passes in
            plane.withUnsafeBufferPointer { from in
                result.withUnsafeMutableBufferPointer { to in
                    for y in stride(from: 0, to: height, by: 4) {
                        // Rows that are missing below are the last one again.
                        let last = height - 1
                        let rows = (
                            y * width, min(y + 1, last) * width, min(y + 2, last) * width,
                            min(y + 3, last) * width
                        )
                        for x in 0..<width {
                            line[x] = SIMD4(
                                from[rows.0 + x],
                                from[rows.1 + x],
                                from[rows.2 + x],
                                from[rows.3 + x]
                            )
                        }
                        passes()
                        let count = min(4, height - y)
                        for x in 0..<width {
                            let place = x * height + y
                            for row in 0..<count { to[place + row] = line[x][row] }
                        }
                    }
                }
            }
        }
        return result
    }

    /// Lends a line of so many numbers, and what averages it in place.
    private func blur(
        count: Int,
        _ body: (UnsafeMutablePointer<SIMD4<Float>>, () -> Void) -> Void
    ) {
        let pad = radius + 1
        let size = count + 2 * pad
        withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: 2 * size) { memory in
            memory.initialize(repeating: .zero)
            guard let first = memory.baseAddress else { return }
            let second = first + size
            body(first + pad) {
                pass(first, second, count)
                pass(second, first, count)
                pass(first, second, count)
                for index in pad..<pad + count { first[index] = second[index] }
            }
        }
    }

    /// One box over a padded line.
    @inline(__always)
    private func pass(
        _ from: UnsafeMutablePointer<SIMD4<Float>>,
        _ to: UnsafeMutablePointer<SIMD4<Float>>,
        _ count: Int
    ) {
        let pad = radius + 1
        for index in 0..<pad {
            from[index] = from[pad]
            from[pad + count + index] = from[pad + count - 1]
        }
        let scale = 1 / (Float(2 * radius + 1) + 2 * rim)
        let outer = rim * scale
        var sum = SIMD4<Float>.zero
        for index in 1..<2 * radius + 2 { sum += from[index] }
        for index in 0..<count {
            let before = from[index]
            let after = from[index + 2 * radius + 2]
            to[pad + index] = sum * scale + (before + after) * outer
            sum += after - from[index + 1]
        }
    }
}

extension StyleCanvas {
    /// The canvas averaged by a Gaussian.
    func blurred(_ sigma: Float) -> StyleCanvas {
        guard sigma > 0.05 else { return self }
        let blur = StyleBlur(sigma: sigma)
        let across = blur.turned(pixels, width: width, height: height)
        return StyleCanvas(
            width: width,
            height: height,
            pixels: blur.turned(across, width: height, height: width)
        )
    }

    /// A plane of this canvas averaged by a Gaussian.
    func blurred(_ plane: [Float], _ sigma: Float) -> [Float] {
        guard sigma > 0.05 else { return plane }
        let blur = StyleBlur(sigma: sigma)
        let across = blur.turned(plane, width: width, height: height)
        return blur.turned(across, width: height, height: width)
    }
}
