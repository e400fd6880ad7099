/// A pencil sketch: lines at the edges and hatching in the shade, of grey graphite on white paper.
///
/// Source: Winnemöller, "XDoG", 2011 (lines); hatching by tone as in Praun, Hoppe, Webb, Finkelstein,
/// "Real-Time Hatching", 2001.
enum PencilStyle {
    static func draw(_ canvas: StyleCanvas, _ noise: StyleNoise) -> StyleCanvas {
        let edges = canvas.edgeLightness
        let outline = canvas.lines(
            of: edges,
            sigma: canvas.length(1, atLeast: 0.7),
            threshold: 0.03
        )
        let tones = canvas.tones(color: 0.3, sigma: canvas.length(1.2, atLeast: 0.5))
        let period = canvas.length(4, atLeast: 3)
        let shake = noise.plane(canvas, canvas.length(14, atLeast: 3), 1)
        let reach = 1 / canvas.length(16, atLeast: 4)
        let pressure = noise.plane(canvas, canvas.length(16, atLeast: 4), 3)
        let narrow = 1 / period
        let grain = 1 / canvas.length(1, atLeast: 1)
        // Each layer of strokes: its direction, and how dark it must be.
        let layers: [(cosine: Float, sine: Float, from: Float, stream: UInt32)] = [
            (0.766, 0.643, 0.12, 10), (0.906, 0.423, 0.5, 20), (0.5, -0.866, 0.74, 30),
        ]
        return canvas.drawn { index, x, y in
            let pixel = canvas.pixels[index]
            guard pixel.w > 0 else { return .zero }
            let u = Float(x)
            let v = Float(y)
            let tone = tones[index]
            let bend = (shake[index] - 0.5) * 3.5 * period / 4
            var ink: Float = 0
            for layer in layers where tone > layer.from - 0.06 {
                let along = u * layer.cosine - v * layer.sine
                let across = (u * layer.sine + v * layer.cosine + bend) * narrow
                let line = across.rounded(.down)
                let place = abs(across - line - 0.5) * 2
                // Strokes begin and end somewhere, and press differently.
                let press = noise.smooth(along * reach + line * 7.3, line, layer.stream)
                let wanted = smoothstep(layer.from - 0.06, layer.from + 0.55, tone)
                let thickness = 0.16 + 0.5 * wanted
                let stroke = 1 - smoothstep(thickness - 0.25, thickness + 0.35, place)
                ink += stroke * (0.26 + 0.4 * wanted) * smoothstep(0.15, 0.5, press)
            }
            let paper = noise.value(Int(u * grain), Int(v * grain), 2)
            let line = outline[index] * (0.72 + 0.28 * pressure[index])
            ink = min(1, max(ink, line) + min(ink, line) * 0.3)
            ink *= 0.8 + 0.3 * paper
            let grey = 0.985 - 0.76 * min(1, ink)
            return StyleCanvas.weighted(SIMD4(grey, grey, grey * 1.005, 0), alpha: pixel.w)
        }
    }
}

extension StyleCanvas {
    /// How light each pixel is, where the clear ground counts as lighter than any paint.
    var edgeLightness: [Float] { lightness(on: 1.5) }
}
