/// An engraving: parallel lines that bulge with the forms and swell with the shade, on cream paper.
enum EngravingStyle {
    static func engrave(_ canvas: StyleCanvas, _ noise: StyleNoise) -> StyleCanvas {
        let tones = canvas.tones(color: 0.2, sigma: canvas.length(0.8, atLeast: 0.4))
        let form = canvas.blurred(canvas.edgeLightness, canvas.length(5, atLeast: 1))
        let outline = canvas.lines(
            of: canvas.edgeLightness,
            sigma: canvas.length(0.9, atLeast: 0.6),
            threshold: 0.045
        )
        let period = canvas.length(4, atLeast: 3)
        let shake = noise.plane(canvas, canvas.length(30, atLeast: 4), 1)
        let bulge = canvas.length(9, atLeast: 2)
        let ink = SIMD4<Float>(0.10, 0.07, 0.05, 0)
        let paper = SIMD4<Float>(0.97, 0.93, 0.83, 0)
        return canvas.drawn { index, x, y in
            let pixel = canvas.pixels[index]
            guard pixel.w > 0 else { return .zero }
            let u = Float(x)
            let v = Float(y)
            let tone = tones[index]
            let bend = (shake[index] - 0.5) * period + form[index] * bulge
            let first = line((0.26 * u + 0.966 * v + bend) / period, tone * 0.9 - 0.02, period)
            let second = line((0.94 * u - 0.34 * v + bend) / period, (tone - 0.62) * 1.5, period)
            let dark = max(first, second, outline[index])
            return StyleCanvas.weighted(paper + (ink - paper) * dark, alpha: pixel.w)
        }
    }

    /// How dark one pixel is for a screen of lines that cover so much of the paper.
    private static func line(_ across: Float, _ share: Float, _ period: Float) -> Float {
        guard share > 0.02 else { return 0 }
        let place = abs(across - across.rounded(.down) - 0.5) * 2
        let blur = 1 / period
        return 1 - smoothstep(share - blur, share + blur, place)
    }
}
