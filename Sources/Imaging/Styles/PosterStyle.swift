/// A print: at most six flat inks with hard edges, cream for white and a dark blue for black.
enum PosterStyle {
    /// How many inks there are at most, the dark one of the outline included.
    static let inks = 6

    static func print(_ canvas: StyleCanvas) -> StyleCanvas {
        let regions = canvas.kuwahara(canvas.length(2.6, atLeast: 1))
        let straight = regions.straightPixels
        let palette = StylePalette(straight, limit: inks - 1)
        let ink = SIMD4<Float>(0.09, 0.09, 0.18, 0)
        let cream = SIMD4<Float>(0.98, 0.93, 0.80, 0)
        // Inks are purer than paints, and reach from the darkest to the paper.
        let colors = palette.colors.map { color -> SIMD4<Float> in
            let grey = (color * StyleCanvas.luma).sum()
            let strong = color + (color - SIMD4(repeating: grey)) * 0.45
            let vivid = (strong - SIMD4(repeating: 0.5)) * 1.12 + SIMD4(repeating: 0.5)
            let clamped = StyleCanvas.clamped(vivid)
            return ink + (cream - ink) * clamped
        }
        let edges = canvas.lines(
            of: regions.edgeLightness,
            sigma: canvas.length(1.6, atLeast: 0.8),
            threshold: 0.05
        )
        let form = canvas.blurred(regions.edgeLightness, canvas.length(6, atLeast: 1))
        let tones = canvas.tones(color: 0.1, sigma: canvas.length(2.5, atLeast: 0.8))
        let period = canvas.length(5, atLeast: 4)
        let reach = Int(canvas.length(5, atLeast: 1))
        return canvas.drawn { index, x, y in
            let alpha = canvas.pixels[index].w
            guard alpha > 0 else { return .zero }
            // Shade away from the light, in dots whose size says how much.
            let after = form[
                min(y + reach, canvas.height - 1) * canvas.width + min(x + reach, canvas.width - 1)
            ]
            let before = form[max(y - reach, 0) * canvas.width + max(x - reach, 0)]
            let shade = (after - before) * 0.55 + (tones[index] - 0.55) * 0.5
            let u = (Float(x) + Float(y)) * 0.7071 / period
            let v = (Float(x) - Float(y)) * 0.7071 / period
            let du = u - u.rounded()
            let dv = v - v.rounded()
            let isDot = du * du + dv * dv < min(0.16, shade * 0.3183)
            let color =
                edges[index] > 0.5 || isDot ? ink : colors[palette.index(of: straight[index])]
            return StyleCanvas.weighted(color, alpha: alpha)
        }
    }
}
