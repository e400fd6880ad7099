/// A sprite cut out of its picture.
struct SpriteCut {
    /// Pixels of a sprite in colour and with transparency.
    struct Pixels: Hashable {
        let width: Int
        let height: Int
        let samples: [UInt8]

        /// Copies the pixels to a sheet, the outermost ones repeated around them.
        func lay(on sheet: inout [UInt8], width across: Int, x: Int, y: Int, extrusion: Int) {
            for row in -extrusion..<height + extrusion {
                let from = min(max(row, 0), height - 1) * width
                for column in -extrusion..<width + extrusion {
                    let source = (from + min(max(column, 0), width - 1)) * 4
                    let target = ((y + row) * across + x + column) * 4
                    for channel in 0..<4 { sheet[target + channel] = samples[source + channel] }
                }
            }
        }
    }

    /// What is shown.
    let pixels: Pixels
    /// Pixels to the left of it in its picture.
    let x: Int
    /// Pixels above it in its picture.
    let y: Int

    /// Cuts a picture out; of a clear one a pixel stays.
    init(_ picture: Picture, trims: Bool) {
        let plain = picture.converted(channels: 4).converted(depth: .eight)
        let (width, height, samples) = (plain.width, plain.height, plain.samples)
        var (left, right, top, bottom) = (0, width, 0, height)
        if trims, picture.hasAlpha {
            func isClear(_ column: Int, _ row: Int) -> Bool {
                samples[(row * width + column) * 4 + 3] == 0
            }
            while top < height - 1, (0..<width).allSatisfy({ isClear($0, top) }) { top += 1 }
            while bottom > top + 1, (0..<width).allSatisfy({ isClear($0, bottom - 1) }) {
                bottom -= 1
            }
            while left < width - 1, (top..<bottom).allSatisfy({ isClear(left, $0) }) { left += 1 }
            while right > left + 1, (top..<bottom).allSatisfy({ isClear(right - 1, $0) }) {
                right -= 1
            }
        }
        (x, y) = (left, top)
        pixels = Pixels(
            width: right - left,
            height: bottom - top,
            samples: (top..<bottom).flatMap { row in
                samples[(row * width + left) * 4..<(row * width + right) * 4]
            }
        )
    }
}
