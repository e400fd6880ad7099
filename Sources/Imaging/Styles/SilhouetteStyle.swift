/// A silhouette: the thing in one dark colour, on nothing, or on light paper where it had a ground.
enum SilhouetteStyle {
    private static let ink = SIMD4<Float>(0.07, 0.07, 0.09, 0)
    private static let paper = SIMD4<Float>(0.96, 0.95, 0.93, 0)

    static func cut(_ canvas: StyleCanvas) -> StyleCanvas {
        // Alpha says what the thing is, unless nearly nothing is clear.
        let clear = canvas.pixels.count { $0.w < 0.5 }
        if clear * 50 >= canvas.pixels.count {
            return canvas.drawn { index, _, _ in
                StyleCanvas.weighted(ink, alpha: canvas.pixels[index].w)
            }
        }
        let strange = otsu(strangeness(canvas))
        let dark = otsu(darkness(canvas))
        let figure = strange.quality > dark.quality ? strange.isAbove : dark.isAbove
        return canvas.drawn { index, _, _ in
            let isThing = figure[index]
            return StyleCanvas.weighted(isThing ? ink : paper, alpha: canvas.pixels[index].w)
        }
    }

    /// How dark each pixel is; how light, where the border is darker than what it encloses.
    private static func darkness(_ canvas: StyleCanvas) -> [Float] {
        let light = canvas.blurred(canvas.lightness(on: 1), canvas.length(2))
        var border: Float = 0
        var count: Float = 0
        for y in 0..<canvas.height {
            for x in 0..<canvas.width
            where y == 0 || x == 0 || x == canvas.width - 1 || y == canvas.height - 1 {
                border += light[y * canvas.width + x]
                count += 1
            }
        }
        let mean = light.reduce(0, +) / Float(light.count)
        let isNight = border / count < mean
        return isNight ? light : light.map { 1 - $0 }
    }

    /// How far each pixel is from the colours of the border, which shows the ground.
    private static func strangeness(_ canvas: StyleCanvas) -> [Float] {
        let regions = canvas.kuwahara(canvas.length(3.5, atLeast: 1))
        let straight = regions.straightPixels
        let width = canvas.width
        let height = canvas.height
        let margin = max(1, canvas.side / 24)
        var border: [SIMD4<Float>] = []
        for y in 0..<height {
            for x in 0..<width
            where min(x, y, width - 1 - x, height - 1 - y) < margin {
                border.append(straight[y * width + x])
            }
        }
        let ground = StylePalette(border, limit: 3).colors.map(OKLab.encode)
        let whole = StylePalette(straight, limit: 16, rounds: 1)
        let far = whole.colors.map { color -> Float in
            let lab = OKLab.encode(color)
            return ground.map { center in
                let difference = lab - center
                return (difference * difference).sum().squareRoot()
            }.min() ?? 0
        }
        let values = straight.map { far.isEmpty ? 0 : far[whole.index(of: $0)] }
        return canvas.blurred(values, canvas.length(1.5))
    }

    /// The two groups that are best parted by one value, and which share of the variance that explains.
    ///
    /// Source: Otsu, "A Threshold Selection Method from Gray-Level Histograms", 1979.
    private static func otsu(_ values: [Float]) -> (isAbove: [Bool], quality: Double) {
        let most = max(values.max() ?? 0, 1e-6)
        var histogram = [Double](repeating: 0, count: 64)
        for value in values { histogram[min(63, max(0, Int(value / most * 64)))] += 1 }
        let total = Double(values.count)
        let sum = histogram.indices.reduce(0) { $0 + Double($1) * histogram[$1] }
        var (count, part, best, place) = (0.0, 0.0, -1.0, 0)
        for index in 0..<63 {
            count += histogram[index]
            part += Double(index) * histogram[index]
            guard count > 0, count < total else { continue }
            let difference = part / count - (sum - part) / (total - count)
            let between = count * (total - count) * difference * difference
            if between > best { (best, place) = (between, index) }
        }
        let mean = sum / total
        let variance = histogram.indices.reduce(0) {
            $0 + histogram[$1] * (Double($1) - mean) * (Double($1) - mean)
        }
        let threshold = Float(place + 1) / 64 * most
        return (values.map { $0 > threshold }, best / max(variance * total, 1e-9))
    }
}
