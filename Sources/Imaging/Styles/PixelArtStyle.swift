/// Pixel art: 32 large pixels across the shorter side, of at most twelve colours.
enum PixelArtStyle {
    static func draw(_ canvas: StyleCanvas) -> StyleCanvas {
        let block = max(2, Int((Float(canvas.side) / 32).rounded()))
        let columns = (canvas.width + block - 1) / block
        let rows = (canvas.height + block - 1) / block
        var blocks = StyleCanvas(
            width: columns,
            height: rows,
            pixels: [SIMD4<Float>](repeating: .zero, count: columns * rows)
        )
        let solid = (0..<columns * rows).map { index in
            let left = index % columns * block
            let top = index / columns * block
            var sum = SIMD4<Float>.zero
            var count: Float = 0
            for y in top..<min(top + block, canvas.height) {
                for x in left..<min(left + block, canvas.width) {
                    sum += canvas.pixels[y * canvas.width + x]
                    count += 1
                }
            }
            var color = StyleCanvas.straight(sum / count)
            let isThere = color.w >= 0.5
            color.w = 1
            blocks.pixels[index] = color
            return isThere
        }
        let shown = blocks.pixels.indices.map { index in
            solid[index] ? blocks.pixels[index] : SIMD4<Float>.zero
        }
        let palette = StylePalette(shown, limit: 11)
        let ink = SIMD4<Float>(0.11, 0.09, 0.16, 1)
        let inked = (0..<columns * rows).map { index -> SIMD4<Float> in
            guard solid[index] else { return .zero }
            let x = index % columns
            let y = index / columns
            // A dark rim where the thing ends, as artists of small pictures draw it.
            let isRim = [(1, 0), (-1, 0), (0, 1), (0, -1)].contains { dx, dy in
                let column = x + dx
                let row = y + dy
                guard (0..<columns).contains(column), (0..<rows).contains(row) else {
                    return false
                }
                return !solid[row * columns + column]
            }
            return isRim ? ink : palette.colors[palette.index(of: shown[index])]
        }
        return canvas.drawn { _, x, y in inked[y / block * columns + x / block] }
    }
}
