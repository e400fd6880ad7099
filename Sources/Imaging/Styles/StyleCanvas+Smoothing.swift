extension StyleCanvas {
    /// The directions along which the picture changes least, as unit vectors.
    ///
    /// Source: Kyprianidis, Kang, Döllner, "Image and Video Abstraction by Anisotropic Kuwahara
    /// Filtering", 2009 (the smoothed structure tensor).
    ///
    /// - Parameters:
    ///   - sigma: Over which neighbourhood directions agree.
    ///   - wind: The direction where nothing says any: twice its angle, as cosine and sine.
    /// - Returns: One direction a pixel, to the right.
    func flow(_ sigma: Float, wind: (Int, Int) -> SIMD2<Float>) -> [SIMD2<Float>] {
        let tensor = drawn { index, x, y in
            let right = pixels[x + 1 < width ? index + 1 : index]
            let left = pixels[x > 0 ? index - 1 : index]
            let lower = pixels[y + 1 < height ? index + width : index]
            let upper = pixels[y > 0 ? index - width : index]
            let across = right - left
            let down = lower - upper
            return SIMD4(
                (across * across).sum(),
                (across * down).sum(),
                (down * down).sum(),
                0
            )
        }.blurred(sigma).pixels
        var result = [SIMD2<Float>](repeating: .zero, count: pixels.count)
        for y in 0..<height {
            for x in 0..<width {
                let sums = tensor[y * width + x]
                // Across the gradient: twice the angle is turned by a half.
                var twice = SIMD2(sums.z - sums.x, -2 * sums.y) + wind(x, y) * 0.004
                let norm = (twice * twice).sum().squareRoot()
                twice = norm > 1e-9 ? twice / norm : SIMD2(1, 0)
                let cosine = max(0, (1 + twice.x) / 2).squareRoot()
                let sine = max(0, (1 - twice.x) / 2).squareRoot()
                result[y * width + x] = SIMD2(cosine, twice.y < 0 ? -sine : sine)
            }
        }
        return result
    }

    /// The generalised Kuwahara filter: the mean of the calmest of eight neighbourhoods around.
    ///
    /// Flat regions with sharp borders. Each neighbourhood counts by its variance, so that means
    /// and weights of all are one Gaussian of the picture looked up at eight places.
    /// Source: Papari, Petkov, Campisi, "Artistic Edge and Corner Enhancing Smoothing", 2007.
    func kuwahara(_ radius: Float) -> StyleCanvas {
        let sigma = radius * 0.5
        let means = blurred(sigma).pixels
        let squares = blurred(pixels.map { ($0 * $0).sum() }, sigma)
        var weighted = means
        var weights = squares
        for index in weights.indices {
            let mean = means[index]
            let variance = max(0, squares[index] - (mean * mean).sum())
            let calm = 1 / (variance + 0.002)
            // What is not there has no colour to give.
            let weight = calm * calm * calm * calm * 1e-9 * (mean.w * mean.w + 0.001)
            weights[index] = weight
            weighted[index] = mean * weight
        }
        let far = max(1, Int(radius.rounded()))
        let near = max(1, Int((radius * 0.7071).rounded()))
        let places = [
            (0, 0), (far, 0), (near, near), (0, far), (-near, near), (-far, 0), (-near, -near),
            (0, -far), (near, -near),
        ]
        return weighted.withUnsafeBufferPointer { weighted in
            weights.withUnsafeBufferPointer { weights in
                drawn { index, x, y in
                    var sum = SIMD4<Float>.zero
                    var total: Float = 0
                    let isInside =
                        x >= far && y >= far && x < width - far && y < height - far
                    if isInside {
                        let n = near * width
                        let f = far * width
                        func add(_ place: Int) {
                            sum += weighted[place]
                            total += weights[place]
                        }
                        add(index)
                        add(index + far)
                        add(index - far)
                        add(index + f)
                        add(index - f)
                        add(index + n + near)
                        add(index + n - near)
                        add(index - n + near)
                        add(index - n - near)
                        return sum / total
                    }
                    for (dx, dy) in places {
                        let column = min(max(x + dx, 0), width - 1)
                        let row = min(max(y + dy, 0), height - 1)
                        sum += weighted[row * width + column]
                        total += weights[row * width + column]
                    }
                    return sum / total
                }
            }
        }
    }

    /// Lines where the picture has edges, 0 (none) to 1.
    ///
    /// Source: Winnemöller, "XDoG: Advanced Image Stylization with eXtended Difference-of-Gaussians",
    /// 2011.
    ///
    /// - Parameters:
    ///   - values: How light each pixel is.
    ///   - sigma: Half of how thick lines are.
    ///   - threshold: How faint an edge may be.
    /// - Returns: One number a pixel.
    func lines(of values: [Float], sigma: Float, threshold: Float) -> [Float] {
        let fine = blurred(values, sigma)
        let coarse = blurred(values, sigma * 1.6)
        return plane { index, _, _ in
            smoothstep(threshold * 0.4, threshold * 2, coarse[index] - fine[index])
        }
    }

    /// How dark each pixel is to be drawn, 0 to 1, with the whole range used.
    ///
    /// - Parameters:
    ///   - color: How much pure colour counts as dark: ink has no other way to show it.
    ///   - sigma: Over which neighbourhood.
    /// - Returns: One number a pixel.
    func tones(color: Float, sigma: Float) -> [Float] {
        let dark = plane { index, _, _ in
            let pixel = pixels[index]
            let most = max(pixel.x, pixel.y, pixel.z)
            let least = min(pixel.x, pixel.y, pixel.z)
            return min(1, pixel.w - (pixel * Self.luma).sum() + color * (most - least))
        }
        var histogram = [Float](repeating: 0, count: 65)
        var total: Float = 0
        for index in dark.indices {
            histogram[min(64, max(0, Int(dark[index] * 64)))] += pixels[index].w
            total += pixels[index].w
        }
        func share(_ wanted: Float) -> Float {
            var sum: Float = 0
            for index in histogram.indices {
                sum += histogram[index]
                if sum >= wanted * total { return Float(index) / 64 }
            }
            return 1
        }
        // Half of the way to the full range: a pale thing stays paler than a dark one.
        let low = share(0.04) * 0.7
        let high = max(low + 0.2, 0.5 + share(0.96) * 0.5)
        return blurred(dark, sigma).map { min(max(($0 - low) / (high - low), 0), 1) }
    }
}
