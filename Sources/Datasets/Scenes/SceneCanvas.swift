import Foundation

/// A picture that things are laid on: red, green, blue and alpha as numbers, colours weighted by alpha.
struct SceneCanvas {
    /// Pixels a side.
    let side: Int
    /// The numbers, 0 to 1.
    ///
    /// Shape: [side, side, 4].
    private(set) var values: [Float]

    /// A canvas that shows nothing.
    init(side: Int) {
        self.side = side
        values = [Float](repeating: 0, count: side * side * 4)
    }

    /// Fills the canvas with an opaque colour for each pixel.
    ///
    /// - Parameter colour: From 0 to 255, of the column and row as shares of the side.
    mutating func fill(_ colour: (_ x: Float, _ y: Float) -> SIMD3<Float>) {
        values.withUnsafeMutableBufferPointer { values in
            for y in 0..<side {
                for x in 0..<side {
                    let found = colour(
                        (Float(x) + 0.5) / Float(side),
                        (Float(y) + 0.5) / Float(side)
                    )
                    let place = (y * side + x) * 4
                    for channel in 0..<3 { values[place + channel] = found[channel] / 255 }
                    values[place + 3] = 1
                }
            }
        }
    }

    /// Puts opaque dots with soft edges on the canvas.
    ///
    /// - Parameters:
    ///   - dots: Middle and radius of each, as shares of the side.
    ///   - colour: From 0 to 255.
    mutating func dot(_ dots: [(x: Float, y: Float, radius: Float)], _ colour: SIMD3<Float>) {
        let pixels = Float(side)
        values.withUnsafeMutableBufferPointer { values in
            for dot in dots {
                let radius = max(dot.radius * pixels, 0.5)
                let (x, y) = (dot.x * pixels, dot.y * pixels)
                for row in SceneCanvas.span(y - radius - 1, y + radius + 2, side) {
                    for column in SceneCanvas.span(x - radius - 1, x + radius + 2, side) {
                        let distance = hypotf(Float(column) + 0.5 - x, Float(row) + 0.5 - y)
                        let share = min(max(radius + 0.5 - distance, 0), 1)
                        let place = (row * side + column) * 4
                        for channel in 0..<3 {
                            values[place + channel] +=
                                (colour[channel] / 255 - values[place + channel]) * share
                        }
                        values[place + 3] += (1 - values[place + 3]) * share
                    }
                }
            }
        }
    }

    /// Lays a stamp over what is there.
    ///
    /// - Parameters:
    ///   - stamp: What is laid.
    ///   - x: Its middle, as a share of the side.
    ///   - y: Its middle, as a share of the side.
    ///   - extent: Its longer side, as a share of the side.
    mutating func lay(
        _ stamp: SceneStamp,
        x: Float,
        y: Float,
        extent: Float
    ) {
        let longer = Float(max(stamp.width, stamp.height))
        let scale = extent * Float(side) / longer
        guard scale > 0 else { return }
        let shown = stamp.shrunk(for: scale)
        let step = Float(shown.width) / Float(stamp.width) / scale
        let (across, down) = (Float(stamp.width) * scale / 2, Float(stamp.height) * scale / 2)
        let (middleX, middleY) = (x * Float(side), y * Float(side))
        let columns = SceneCanvas.span(middleX - across - 1, middleX + across + 2, side)
        let rows = SceneCanvas.span(middleY - down - 1, middleY + down + 2, side)
        let (centreX, centreY) = (Float(shown.width) / 2, Float(shown.height) / 2)
        values.withUnsafeMutableBufferPointer { values in
            shown.values.withUnsafeBufferPointer { samples in
                for row in rows {
                    for column in columns {
                        let (dx, dy) = (
                            Float(column) + 0.5 - middleX, Float(row) + 0.5 - middleY
                        )
                        let found = shown.sample(
                            samples,
                            dx * step + centreX - 0.5,
                            dy * step + centreY - 0.5
                        )
                        guard found.w > 0.002 else { continue }
                        let place = (row * side + column) * 4
                        let left = 1 - found.w
                        for channel in 0..<4 {
                            values[place + channel] =
                                values[place + channel] * left + found[channel]
                        }
                    }
                }
            }
        }
    }

    /// The whole numbers of a range that lie on a side of so many pixels.
    private static func span(_ low: Float, _ high: Float, _ side: Int) -> Range<Int> {
        let limit = Float(side)
        let first = Int(min(max(low, 0), limit))
        return first..<max(Int(min(max(high, 0), limit)), first)
    }

    /// The samples, eight bits, colours as they are.
    func bytes() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: values.count)
        for place in stride(from: 0, to: values.count, by: 4) {
            let alpha = values[place + 3]
            guard alpha > 0.002 else { continue }
            for channel in 0..<3 {
                let value = values[place + channel] / alpha
                bytes[place + channel] = UInt8(min(max(value * 255 + 0.5, 0), 255))
            }
            bytes[place + 3] = UInt8(min(max(alpha * 255 + 0.5, 0), 255))
        }
        return bytes
    }
}
