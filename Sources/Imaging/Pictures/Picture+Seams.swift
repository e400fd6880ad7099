extension Picture {
    /// How far the step over opposite edges is from the steps between neighbours inside, each the mean of all samples: 1 where
    /// nothing tells them apart, 0 where the edges are equal.
    ///
    /// - Returns: `columns` for the step from the right edge to the left one beside that between neighbouring columns, `rows` for
    ///   the step from the lower edge to the upper one; infinite for a step over edges of a picture without any inside.
    public var seams: (columns: Double, rows: Double) {
        (
            seam(length: width, lines: height) { (place, line) in (place, line) },
            seam(length: height, lines: width) { (place, line) in (line, place) }
        )
    }

    private func seam(length: Int, lines: Int, at: (Int, Int) -> (x: Int, y: Int)) -> Double {
        var (edge, inside) = (0, 0)
        for line in 0..<lines {
            for place in 0..<length {
                let (here, next) = (at(place, line), at((place + 1) % length, line))
                for channel in 0..<channels {
                    let step = abs(self[here.x, here.y, channel] - self[next.x, next.y, channel])
                    if place + 1 == length { edge += step } else { inside += step }
                }
            }
        }
        guard edge > 0 else { return 0 }
        return Double(edge) * Double(max(length - 1, 1)) / Double(inside)
    }
}
