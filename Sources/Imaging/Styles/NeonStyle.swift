/// Neon: tubes along the edges in the hues of the thing, glowing on dark.
enum NeonStyle {
    static func light(_ canvas: StyleCanvas) -> StyleCanvas {
        let width = canvas.width
        let height = canvas.height
        let soft = canvas.kuwahara(canvas.length(1.8, atLeast: 1))
            .blurred(canvas.length(1.1, atLeast: 0.5))
        let cover = canvas.blurred(canvas.pixels.map { $0.w }, canvas.length(2.2, atLeast: 0.7))
        let hues = soft.blurred(canvas.length(2.5, atLeast: 0.8))
        let scale = canvas.length(1, atLeast: 0.7)
        let clear = soft.straightPixels
        let steepness = canvas.drawn { index, x, y in
            let right = clear[x + 1 < width ? index + 1 : index]
            let left = clear[x > 0 ? index - 1 : index]
            let lower = clear[y + 1 < height ? index + width : index]
            let upper = clear[y > 0 ? index - width : index]
            var across = right - left
            var down = lower - upper
            across.w = 0
            down.w = 0
            let steep = ((across * across).sum() + (down * down).sum()).squareRoot() * scale
            return SIMD4(steep, 0, 0, canvas.pixels[index].w)
        }.pixels
        var sum = SIMD4<Float>.zero
        for pixel in steepness { sum += pixel * pixel.w }
        // A soft picture has edges, too: what is steep depends on the rest.
        let least = min(0.14, max(0.04, 1.5 * sum.x / max(sum.w, 1)))
        let tubes = canvas.drawn { index, _, _ in
            let pixel = canvas.pixels[index]
            guard pixel.w > 0 else { return .zero }
            let inside = smoothstep(0.86, 0.97, cover[index])
            // The outline runs where the blurred cover has this value: a little inside.
            let distance = (cover[index] - 0.84) / 0.13
            let rim = cover[index] < 0.999 ? max(0, 1 - distance * distance) : 0
            let tube = max(rim, smoothstep(least, 3 * least, steepness[index].x) * inside)
            return StyleCanvas.weighted(glow(StyleCanvas.straight(hues.pixels[index])), alpha: tube)
        }
        let near = tubes.blurred(canvas.length(2.2, atLeast: 0.8)).pixels
        let far = tubes.blurred(canvas.length(7, atLeast: 1.5)).pixels
        let night = SIMD4<Float>(0.035, 0.02, 0.08, 0)
        return canvas.drawn { index, _, _ in
            let tube = tubes.pixels[index]
            var color = night + tube + near[index] * 0.75 + far[index] * 0.9
            // The core of a tube is nearly white.
            color += SIMD4(repeating: 0.5 * tube.w * tube.w)
            return StyleCanvas.weighted(
                StyleCanvas.clamped(color),
                alpha: canvas.pixels[index].w
            )
        }
    }

    /// The purest, brightest colour of the same hue; ice blue for what has none.
    private static func glow(_ color: SIMD4<Float>) -> SIMD4<Float> {
        let most = max(color.x, color.y, color.z)
        let least = min(color.x, color.y, color.z)
        let chroma = most - least
        let pure = (color - SIMD4(repeating: least)) / max(chroma, 1e-4)
        let share = smoothstep(0.05, 0.2, chroma)
        let ice = SIMD4<Float>(0.35, 0.75, 1, 0)
        return StyleCanvas.clamped(ice + (pure - ice) * share)
    }
}
