/// A number for each pixel of a texture that goes on at each edge where it begins.
struct WrappedPlane {
    let width: Int
    let height: Int
    let numbers: [Float]

    /// The number at a place, which may lie one texture beyond each edge.
    @inline(__always)
    subscript(x: Int, y: Int) -> Float {
        numbers[(y + height) % height * width + (x + width) % width]
    }

    /// Another plane, each number made from its own place.
    func drawn(_ body: (Int, Int) -> Float) -> WrappedPlane {
        let canvas = StyleCanvas(width: width, height: height, pixels: [])
        return WrappedPlane(width: width, height: height, numbers: canvas.plane { body($1, $2) })
    }

    /// The plane averaged by a Gaussian over its edges.
    func blurred(_ sigma: Float) -> WrappedPlane {
        // Three boxes reach a little further than three deviations.
        let rim = Int((3 * sigma).rounded(.up)) + 4
        let wide = StyleCanvas(width: width + 2 * rim, height: height + 2 * rim, pixels: [])
        let (turnsX, turnsY) = ((rim / width + 1) * width, (rim / height + 1) * height)
        let plane = wide.plane { _, x, y in
            numbers[(y - rim + turnsY) % height * width + (x - rim + turnsX) % width]
        }
        let smooth = wide.blurred(plane, sigma)
        return drawn { x, y in smooth[(y + rim) * wide.width + x + rim] }
    }

    /// The mean of all numbers.
    var mean: Float {
        Float(numbers.reduce(0.0) { $0 + Double($1) } / Double(max(numbers.count, 1)))
    }
}
