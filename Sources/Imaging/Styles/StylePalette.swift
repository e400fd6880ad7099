/// A few colours that stand for all of a picture's.
struct StylePalette {
    /// The colours, sRGB.
    let colors: [SIMD4<Float>]
    /// Which colour each cell of the 32 × 32 × 32 cube of colours has.
    private let places: [UInt8]

    /// Finds at most so many colours by k-means in OKLab, over the cube's cells that are used.
    ///
    /// - Parameters:
    ///   - straight: Colours with alpha; a pixel counts as much as it is there.
    ///   - limit: How many colours.
    ///   - rounds: How often the colours are moved to the means of what they stand for.
    init(_ straight: [SIMD4<Float>], limit: Int, rounds: Int = 6) {
        var sums = [SIMD4<Float>](repeating: .zero, count: 32_768)
        for pixel in straight where pixel.w > 0.02 {
            sums[Self.cell(pixel)] += StyleCanvas.weighted(pixel, alpha: pixel.w)
        }
        let used = sums.indices.filter { sums[$0].w > 0 }
        let points = used.map { OKLab.encode(sums[$0] / sums[$0].w) }
        let weights = used.map { sums[$0].w }
        var centers: [SIMD4<Float>] = []
        var distances = [Float](repeating: .infinity, count: points.count)
        var nearest = [Int](repeating: 0, count: points.count)
        // Source: Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985, with
        // weights: the farthest cell that holds enough is the next centre.
        if let first = weights.indices.max(by: { weights[$0] < weights[$1] }) {
            var next = first
            while centers.count < limit {
                centers.append(points[next])
                for index in points.indices {
                    let difference = points[index] - points[next]
                    let distance = (difference * difference).sum()
                    if distance < distances[index] {
                        distances[index] = distance
                        nearest[index] = centers.count - 1
                    }
                }
                func gain(_ index: Int) -> Float { distances[index] * weights[index].squareRoot() }
                next = points.indices.max { gain($0) < gain($1) } ?? first
                if distances[next] < 0.0004 { break }
            }
        }
        for _ in 0..<rounds {
            var moved = [SIMD4<Float>](repeating: .zero, count: centers.count)
            var counts = [Float](repeating: 0, count: centers.count)
            for index in points.indices {
                let own = Self.closest(to: points[index], in: centers)
                nearest[index] = own
                moved[own] += points[index] * weights[index]
                counts[own] += weights[index]
            }
            for index in centers.indices where counts[index] > 0 {
                centers[index] = moved[index] / counts[index]
            }
        }
        var places = [UInt8](repeating: 0, count: 32_768)
        for (index, cell) in used.enumerated() { places[cell] = UInt8(nearest[index]) }
        self.places = places
        colors = centers.isEmpty ? [SIMD4(0, 0, 0, 1)] : centers.map(OKLab.decode)
    }

    /// The number of the colour that stands for one of the picture's own.
    func index(of straight: SIMD4<Float>) -> Int { Int(places[Self.cell(straight)]) }

    private static func closest(to point: SIMD4<Float>, in centers: [SIMD4<Float>]) -> Int {
        var best = 0
        var least = Float.infinity
        for index in centers.indices {
            let difference = point - centers[index]
            let distance = (difference * difference).sum()
            if distance < least { (best, least) = (index, distance) }
        }
        return best
    }

    @inline(__always)
    private static func cell(_ color: SIMD4<Float>) -> Int {
        let scaled = StyleCanvas.clamped(color) * 31.999
        return Int(scaled.x) * 1024 + Int(scaled.y) * 32 + Int(scaled.z)
    }
}
