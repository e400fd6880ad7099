/// A watercolour: regions that flow a little, pigment that gathers at their rims, grainy paper.
///
/// Source: Bousseau, Kaplan, Thollot, Sillion, "Interactive Watercolor Rendering with Temporal
/// Coherence and Abstraction", 2006 (pigment density).
enum WatercolourStyle {
    static func paint(_ canvas: StyleCanvas, _ noise: StyleNoise) -> StyleCanvas {
        let width = canvas.width
        let height = canvas.height
        let wobble = canvas.length(2.2, atLeast: 0.5)
        let grid = canvas.length(9, atLeast: 2)
        let shiftX = noise.turbulence(canvas, grid, 1)
        let shiftY = noise.turbulence(canvas, grid, 2)
        // Hands shake: every edge is displaced a little.
        let shaken = canvas.drawn { index, x, y in
            let dx = (shiftX[index] - 0.5) * 2 * wobble
            let dy = (shiftY[index] - 0.5) * 2 * wobble
            return canvas.sample(Float(x) + dx, Float(y) + dy)
        }
        let washes = shaken.kuwahara(canvas.length(3.2, atLeast: 1))
        let wet = washes.blurred(canvas.length(5, atLeast: 1))
        let soft = washes.blurred(canvas.length(1.3, atLeast: 0.6))
        let pool = noise.turbulence(canvas, canvas.length(26, atLeast: 3), 3)
        let cloud = noise.turbulence(canvas, canvas.length(11, atLeast: 2), 4)
        let grain = noise.turbulence(canvas, canvas.length(1.7, atLeast: 1), 5)
        let scale = canvas.length(1, atLeast: 0.7)
        return canvas.drawn { index, x, y in
            let alpha = canvas.pixels[index].w
            guard alpha > 0 else { return .zero }
            let pools = pool[index]
            let clouds = cloud[index]
            let paper = grain[index]
            // Where it was wet, colours run into one another.
            let run = smoothstep(0.5, 0.75, pools) * 0.55
            let wash = washes.pixels[index] + (wet.pixels[index] - washes.pixels[index]) * run
            var color = StyleCanvas.straight(wash)
            // Gradients of colour or of cover are the rims of washes.
            let right = soft.pixels[x + 1 < width ? index + 1 : index]
            let left = soft.pixels[x > 0 ? index - 1 : index]
            let lower = soft.pixels[y + 1 < height ? index + width : index]
            let upper = soft.pixels[y > 0 ? index - width : index]
            let across = right - left
            let down = lower - upper
            let steep = ((across * across).sum() + (down * down).sum()).squareRoot() * scale
            let rim = smoothstep(0.12, 0.7, steep)
            let light = (color * StyleCanvas.luma).sum()
            // Thin paint: white paper shines through, unevenly.
            let thin =
                0.14 + 0.42 * smoothstep(0.42, 0.8, clouds) * (1 - 0.8 * rim)
                * (0.35 + 0.65 * light)
            color = color + (SIMD4(0.99, 0.98, 0.95, 0) - color) * thin
            let density =
                1 + 1.9 * rim + (pools - 0.5) * 1.1 + (paper - 0.5) * 0.9 * (1 - color.y * 0.5)
            let pigment = color - (color - color * color) * (density - 1)
            // The rim of the paint frays inwards.
            let cover = soft.pixels[index].w
            let fray = smoothstep(0.2, 0.62, cover + (paper - 0.5) * 0.35)
            return StyleCanvas.weighted(StyleCanvas.clamped(pigment), alpha: alpha * fray)
        }
    }
}

extension StyleCanvas {
    /// The canvas between its pixels, linear; beyond the border the last pixel goes on.
    func sample(_ x: Float, _ y: Float) -> SIMD4<Float> {
        let column = min(max(x, 0), Float(width - 1))
        let row = min(max(y, 0), Float(height - 1))
        let left = Int(column)
        let top = Int(row)
        let right = min(left + 1, width - 1)
        let bottom = min(top + 1, height - 1)
        let s = column - Float(left)
        let t = row - Float(top)
        let upper = pixels[top * width + left] * (1 - s) + pixels[top * width + right] * s
        let lower = pixels[bottom * width + left] * (1 - s) + pixels[bottom * width + right] * s
        return upper * (1 - t) + lower * t
    }
}
