import Imaging

/// What is laid on a canvas: the visible part of a sprite, colours weighted by alpha.
struct SceneStamp {
    /// Pixels across.
    let width: Int
    /// Pixels down.
    let height: Int
    /// The numbers, 0 to 1.
    ///
    /// Shape: [height, width, 4].
    let values: [Float]

    private init(width: Int, height: Int, values: [Float]) {
        (self.width, self.height, self.values) = (width, height, values)
    }

    /// The visible part of a sprite's picture.
    ///
    /// - Parameters:
    ///   - pixels: Samples of eight bits: red, green, blue and alpha.
    ///   - side: The picture's width.
    ///   - sprite: What can be seen, and what can be painted.
    ///   - colour: What it is painted with; nothing to leave it as it is.
    init(
        _ pixels: UnsafePointer<UInt8>,
        side: Int,
        sprite: Sprite,
        colour: ColourTerm?
    ) {
        let box = sprite.box
        var values = [Float](repeating: 0, count: box.width * box.height * 4)
        var at = 0
        for y in box.y..<box.y + box.height {
            for x in box.x..<box.x + box.width {
                let sample = pixels + (y * side + x) * 4
                let alpha = Float(sample[3]) / 255
                if alpha > 0 {
                    var (red, green, blue) = (Float(sample[0]), Float(sample[1]), Float(sample[2]))
                    if let colour, let paint = sprite.paint {
                        (red, green, blue) = paint.painted(
                            sample[0],
                            sample[1],
                            sample[2],
                            as: colour
                        )
                    }
                    values[at] = red / 255 * alpha
                    values[at + 1] = green / 255 * alpha
                    values[at + 2] = blue / 255 * alpha
                    values[at + 3] = alpha
                }
                at += 4
            }
        }
        (width, height, self.values) = (box.width, box.height, values)
    }

    /// A part of a picture of colour with alpha, eight bits.
    init(_ picture: Picture, _ box: PixelBox) {
        let sprite = Sprite(
            picture: 0,
            hand: .shaded,
            box: box,
            colour: nil,
            paint: nil,
            isHead: false,
            isHeldOut: false
        )
        self = picture.samples.withUnsafeBufferPointer { samples in
            samples.baseAddress.map {
                SceneStamp($0, side: picture.width, sprite: sprite, colour: nil)
            } ?? SceneStamp(width: 0, height: 0, values: [])
        }
    }

    /// The same turned the other way.
    func mirrored() -> SceneStamp {
        var turned = values
        for row in 0..<height {
            for column in 0..<width {
                let (from, to) = (
                    (row * width + column) * 4, (row * width + width - 1 - column) * 4
                )
                for channel in 0..<4 { turned[to + channel] = values[from + channel] }
            }
        }
        return SceneStamp(width: width, height: height, values: turned)
    }

    /// The stamp halved until it is no more than twice as large as it is shown.
    func shrunk(for scale: Float) -> SceneStamp {
        var (stamp, scale) = (self, scale)
        while scale < 0.5, stamp.width > 3, stamp.height > 3 {
            stamp = stamp.halved()
            scale *= 2
        }
        return stamp
    }

    private func halved() -> SceneStamp {
        let (across, down) = (width / 2, height / 2)
        var half = [Float](repeating: 0, count: across * down * 4)
        for y in 0..<down {
            for x in 0..<across {
                for channel in 0..<4 {
                    let first = ((2 * y) * width + 2 * x) * 4 + channel
                    let second = first + width * 4
                    half[(y * across + x) * 4 + channel] =
                        (values[first] + values[first + 4] + values[second] + values[second + 4])
                        / 4
                }
            }
        }
        return SceneStamp(width: across, height: down, values: half)
    }

    /// The number between four pixels; nothing beyond the edges.
    func sample(
        _ samples: UnsafeBufferPointer<Float>,
        _ x: Float,
        _ y: Float
    ) -> SIMD4<Float> {
        guard x > -1, y > -1, x < Float(width), y < Float(height) else { return .zero }
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let (shareX, shareY) = (x - left, y - top)
        let (column, row) = (Int(left), Int(top))
        func at(_ column: Int, _ row: Int) -> SIMD4<Float> {
            guard column >= 0, row >= 0, column < width, row < height else { return .zero }
            let place = (row * width + column) * 4
            return SIMD4(
                samples[place],
                samples[place + 1],
                samples[place + 2],
                samples[place + 3]
            )
        }
        let upper = at(column, row) * (1 - shareX) + at(column + 1, row) * shareX
        let lower = at(column, row + 1) * (1 - shareX) + at(column + 1, row + 1) * shareX
        return upper * (1 - shareY) + lower * shareY
    }
}
