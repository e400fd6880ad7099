/// An oil painting: strokes of a bristle brush along the forms, each of one colour, lit as relief.
///
/// Source: Litwinowicz, "Processing Images and Video for an Impressionist Effect", 1997 (strokes that
/// follow the picture and end at its edges), over Kuwahara's regions.
enum OilStyle {
    static func paint(_ canvas: StyleCanvas, _ noise: StyleNoise) -> StyleCanvas {
        let regions = canvas.kuwahara(canvas.length(2.2, atLeast: 1))
        let wind = noise.plane(canvas, canvas.length(22, atLeast: 2), 1)
        let flow = regions.flow(canvas.length(3.5, atLeast: 1)) { x, y in
            let angle = wind[y * canvas.width + x] * 4 - 2
            // A parabola for a sine is enough of a wind.
            return SIMD2(1 - angle * angle * 0.5, angle)
        }
        var painting = Painting(regions: regions, flow: flow, noise: noise)
        painting.layer(
            width: canvas.length(7, atLeast: 2),
            length: canvas.length(20, atLeast: 4),
            1
        )
        painting.layer(
            width: canvas.length(4, atLeast: 1.6),
            length: canvas.length(12, atLeast: 3),
            2
        )
        return painting.lit(alphaOf: canvas)
    }

    /// What is painted so far: colour and thickness of the paint.
    private struct Painting {
        let width: Int
        let height: Int
        let regions: [SIMD4<Float>]
        let flow: [SIMD2<Float>]
        let noise: StyleNoise
        var colors: [SIMD4<Float>]
        var relief: [Float]

        init(regions: StyleCanvas, flow: [SIMD2<Float>], noise: StyleNoise) {
            width = regions.width
            height = regions.height
            self.regions = regions.straightPixels
            self.flow = flow
            self.noise = noise
            colors = self.regions
            relief = [Float](repeating: 0, count: colors.count)
        }

        /// Covers the canvas with strokes on a shaken grid, in an order by chance.
        mutating func layer(width across: Float, length: Float, _ stream: UInt32) {
            let spacing = max(1, across * 0.9)
            let columns = max(1, Int((Float(width) / spacing).rounded(.up)))
            let rows = max(1, Int((Float(height) / spacing).rounded(.up)))
            let count = columns * rows
            // A step without common divisor visits every cell once.
            var step = max(1, Int(Float(count) * 0.618))
            while step > 1, !Self.isCoprime(step, count) { step -= 1 }
            var cell = 0
            for _ in 0..<count {
                let x = cell % columns
                let y = cell / columns
                cell = (cell + step) % count
                let left = (Float(x) + noise.value(x, y, stream * 16)) * spacing
                let top = (Float(y) + noise.value(x, y, stream * 16 + 1)) * spacing
                let column = min(width - 1, Int(left))
                let row = min(height - 1, Int(top))
                let color = regions[row * width + column]
                guard color.w > 0.05 else { continue }
                stroke(
                    at: SIMD2(left, top),
                    along: flow[row * width + column],
                    color: color,
                    size: SIMD2(length * (0.7 + 0.6 * noise.value(x, y, stream * 16 + 2)), across),
                    cell: (x, y),
                    stream: stream * 16
                )
            }
        }

        private static func isCoprime(_ first: Int, _ second: Int) -> Bool {
            var (a, b) = (first, second)
            while b != 0 { (a, b) = (b, a % b) }
            return a == 1
        }

        /// One stroke: as wide and long as said, of bristles of different thickness.
        private mutating func stroke(
            at center: SIMD2<Float>,
            along direction: SIMD2<Float>,
            color: SIMD4<Float>,
            size: SIMD2<Float>,
            cell: (x: Int, y: Int),
            stream: UInt32
        ) {
            let half = size * 0.5
            let narrow = 1 / half.y
            let turn = (noise.value(cell.x, cell.y, stream + 3) - 0.5) * 0.7
            var along = SIMD2(
                direction.x - direction.y * turn,
                direction.y + direction.x * turn
            )
            along /= (along * along).sum().squareRoot()
            let bend = (noise.value(cell.x, cell.y, stream + 4) - 0.5) * 0.6 / half.x
            let light = (noise.value(cell.x, cell.y, stream + 5) - 0.5) * 0.17
            let warm = (noise.value(cell.x, cell.y, stream + 6) - 0.5) * 0.07
            let own = color + SIMD4(light + warm, light, light - warm, 0)
            let reach = SIMD2(
                abs(along.x) * half.x + abs(along.y) * (half.y + 1),
                abs(along.y) * half.x + abs(along.x) * (half.y + 1)
            )
            let left = max(0, Int(center.x - reach.x))
            let right = min(width - 1, Int(center.x + reach.x))
            let top = max(0, Int(center.y - reach.y))
            let bottom = min(height - 1, Int(center.y + reach.y))
            guard left <= right, top <= bottom else { return }
            let bristles = max(3, min(9, half.y * 2 / 0.9))
            // How much each bristle carries, and how far.
            var loads = [Float](repeating: 0, count: 16)
            for index in loads.indices {
                loads[index] = noise.value(cell.x * 16 + index, cell.y, stream + 7)
            }
            let width = width
            colors.withUnsafeMutableBufferPointer { colors in
                relief.withUnsafeMutableBufferPointer { relief in
                    regions.withUnsafeBufferPointer { regions in
                        for y in top...bottom {
                            let dy = Float(y) + 0.5 - center.y
                            // Between which columns the row meets the stroke.
                            let (first, last) = Self.columns(
                                row: dy,
                                along: along,
                                half: half,
                                sag: bend * half.x * half.x
                            )
                            let start = max(left, Int(max(first + center.x, 0)))
                            let stop = min(right, Int(max(last + center.x, -1) + 1) - 1)
                            guard start <= stop else { continue }
                            for x in start...stop {
                                let dx = Float(x) + 0.5 - center.x
                                let u = dx * along.x + dy * along.y
                                let v = dy * along.x - dx * along.y + bend * u * u
                                let side = abs(v) * narrow
                                guard side < 1, abs(u) < half.x else { continue }
                                let index = y * width + x
                                let below = regions[index]
                                guard below.w > 0 else { continue }
                                let place = (v * narrow + 1) * 0.5 * bristles
                                let number = Int(place)
                                let share = place - Float(number)
                                let load =
                                    loads[number] + (loads[number + 1] - loads[number]) * share
                                let end = half.x * (0.72 + 0.28 * load)
                                var difference = below - color
                                difference.w = 0
                                let edge = (difference * difference).sum()
                                let cover =
                                    min(1, (1 - side) * half.y)
                                    * min(1, max(0, end - abs(u)))
                                    * (1 - smoothstep(0.008, 0.03, edge))
                                guard cover > 0 else { continue }
                                let paint = own + SIMD4(repeating: (load - 0.5) * 0.09)
                                colors[index] += (paint - colors[index]) * cover
                                let thickness = (1 - side * side) * 0.5 + load * 0.5 + 0.1
                                relief[index] += (thickness - relief[index]) * cover
                            }
                        }
                    }
                }
            }
        }

        /// Where a row crosses a stroke, beside its centre.
        @inline(__always)
        private static func columns(
            row: Float,
            along: SIMD2<Float>,
            half: SIMD2<Float>,
            sag: Float
        ) -> (Float, Float) {
            var first = -Float.greatestFiniteMagnitude
            var last = Float.greatestFiniteMagnitude
            func narrow(_ slope: Float, _ low: Float, _ high: Float) {
                guard abs(slope) > 1e-4 else { return }
                let one = low / slope
                let other = high / slope
                first = max(first, min(one, other))
                last = min(last, max(one, other))
            }
            narrow(along.x, -half.x - row * along.y, half.x - row * along.y)
            narrow(
                -along.y,
                -half.y - max(sag, 0) - row * along.x,
                half.y - min(sag, 0) - row * along.x
            )
            return (first - 1, last + 1)
        }

        /// The painting with light from the upper left on its relief.
        func lit(alphaOf canvas: StyleCanvas) -> StyleCanvas {
            canvas.drawn { index, x, y in
                let before = relief[max(y - 1, 0) * width + max(x - 1, 0)]
                let after = relief[min(y + 1, height - 1) * width + min(x + 1, width - 1)]
                let slope = after - before
                let shine = slope > 0 ? slope * 0.22 + slope * slope * 0.1 : slope * 0.2
                let color = StyleCanvas.clamped(colors[index] + SIMD4(repeating: shine))
                return StyleCanvas.weighted(color, alpha: canvas.pixels[index].w)
            }
        }
    }
}
