/// Numbers by chance that belong to a place: the same for the same seed.
struct StyleNoise {
    private let seed: UInt32

    init(seed: UInt64) {
        let mixed = (seed ^ (seed >> 31)) &* 0x9E37_79B9_7F4A_7C15
        self.seed = UInt32(truncatingIfNeeded: mixed >> 32) ^ UInt32(truncatingIfNeeded: mixed)
    }

    /// 0 to 1 for a cell of a grid, and a stream of numbers.
    @inline(__always)
    func value(_ x: Int, _ y: Int, _ stream: UInt32 = 0) -> Float {
        // Source: "lowbias32", a hash of 32 bits by Chris Wellons.
        var hash =
            seed &+ UInt32(truncatingIfNeeded: x) &* 0x85EB_CA6B
            &+ UInt32(truncatingIfNeeded: y) &* 0xC2B2_AE35 &+ stream &* 0x27D4_EB2F
        hash ^= hash >> 16
        hash = hash &* 0x21F0_AAAD
        hash ^= hash >> 15
        hash = hash &* 0x735A_2D97
        hash ^= hash >> 15
        return Float(hash >> 8) * (1 / 16_777_216)
    }

    /// Smooth noise, 0 to 1: a new number every so many units, cubic between.
    @inline(__always)
    func smooth(_ x: Float, _ y: Float, _ stream: UInt32 = 0) -> Float {
        let column = Self.floor(x)
        let row = Self.floor(y)
        let u = x - Float(column)
        let v = y - Float(row)
        let s = u * u * (3 - 2 * u)
        let t = v * v * (3 - 2 * v)
        let upper0 = value(column, row, stream)
        let upper1 = value(column + 1, row, stream)
        let lower0 = value(column, row + 1, stream)
        let lower1 = value(column + 1, row + 1, stream)
        let upper = upper0 + (upper1 - upper0) * s
        let lower = lower0 + (lower1 - lower0) * s
        return upper + (lower - upper) * t
    }

    /// The integer below, without a call.
    @inline(__always)
    private static func floor(_ value: Float) -> Int {
        let whole = Int(value)
        return Float(whole) > value ? whole - 1 : whole
    }

    /// Smooth noise of a whole canvas: a new number every so many pixels.
    ///
    /// - Parameters:
    ///   - canvas: How large.
    ///   - length: How many pixels apart the numbers lie, at least 1.
    ///   - stream: Which numbers.
    ///   - start: The place of the first pixel, in numbers.
    /// - Returns: One number a pixel, 0 to 1.
    func plane(
        _ canvas: StyleCanvas,
        _ length: Float,
        _ stream: UInt32,
        start: SIMD2<Float> = .zero
    ) -> [Float] {
        let step = 1 / length
        let columns = (0..<canvas.width).map { x -> (cell: Int, share: Float) in
            let place = start.x + Float(x) * step
            let share = place - Float(Int(place))
            return (Int(place), share * share * (3 - 2 * share))
        }
        let cells = (columns.last?.cell ?? 0) + 2
        var upper = [Float](repeating: 0, count: cells)
        var lower = upper
        var row = upper
        var current = -1
        var result = [Float](repeating: 0, count: canvas.width * canvas.height)
        for y in 0..<canvas.height {
            let place = start.y + Float(y) * step
            let cell = Int(place)
            if cell != current {
                current = cell
                for column in 0..<cells {
                    upper[column] = value(column, cell, stream)
                    lower[column] = value(column, cell + 1, stream)
                }
            }
            let share = place - Float(cell)
            let t = share * share * (3 - 2 * share)
            for column in 0..<cells {
                row[column] = upper[column] + (lower[column] - upper[column]) * t
            }
            let first = y * canvas.width
            for x in 0..<canvas.width {
                let (cell, s) = columns[x]
                result[first + x] = row[cell] + (row[cell + 1] - row[cell]) * s
            }
        }
        return result
    }

    /// Two octaves of smooth noise of a whole canvas, 0 to 1.
    func turbulence(_ canvas: StyleCanvas, _ length: Float, _ stream: UInt32) -> [Float] {
        let fine = plane(
            canvas,
            max(1, length / 2.17),
            stream &+ 101,
            start: SIMD2(5.3, 1.7)
        )
        var result = plane(canvas, length, stream)
        for index in result.indices { result[index] = (2 * result[index] + fine[index]) / 3 }
        return result
    }
}
