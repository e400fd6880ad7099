import Torch

/// Distances between rows of features, in pieces that fit into memory.
enum Neighbours {
    /// Rows in a piece.
    private static let piece = 1000

    /// Calls the body with the squared distances of a piece of rows to all rows of the other.
    ///
    /// In single precision rows should lie about zero: what equal rows are apart is rounding then.
    static func pieces(
        _ rows: Tensor,
        to others: Tensor,
        in dtype: DType = .float64,
        _ body: (_ start: Int, _ squares: Tensor) -> Void
    ) {
        let (a, b) = (rows.converted(to: dtype), others.converted(to: dtype))
        let lengths = b.squared().sum(over: [1]).unsqueezed(0)
        for start in stride(from: 0, to: a.size(0), by: piece) {
            let part = a.sliced(start..<min(start + piece, a.size(0)), along: 0)
            let squares =
                part.squared().sum(over: [1], keepingDimensions: true) + lengths
                - part.multiplied(by: b.transposed(0, 1)) * 2
            body(start, squares.clamped(from: 0))
        }
    }

    /// The distance of each row to the nearest of the others, and which one that is.
    static func nearest(
        _ rows: Tensor,
        among others: Tensor
    ) -> (places: [Int], distances: [Double]) {
        var (places, distances): ([Int], [Double]) = ([], [])
        pieces(rows, to: others) { _, squares in
            places += squares.negated().argmax(along: 1).elements(as: Int.self)
            distances += squares.min(over: [1]).squareRoot().doubles()
        }
        return (places, distances)
    }

    /// The distances of some rows to the nearest of the others.
    static func own(_ places: [Int], of rows: Tensor) -> [Double] {
        var found: [Double] = []
        pieces(rows.selected(at: Tensor(places)), to: rows) { start, squares in
            let part = Tensor(Array(places[start..<start + squares.size(0)])).unsqueezed(1)
            let own = Tensor.range(to: rows.size(0)).unsqueezed(0) .== part
            let others = squares.filled(with: .infinity, where: own)
            found += others.min(over: [1]).squareRoot().doubles()
        }
        return found
    }

    /// The squared distance of each row to its k-th neighbour, itself left out.
    static func radii(_ rows: Tensor, _ k: Int) -> Tensor { radii(rows, [k])[0] }

    /// The same for several k, from one look at the distances.
    static func radii(
        _ rows: Tensor,
        _ counts: [Int],
        in dtype: DType = .float64
    ) -> [Tensor] {
        var found: [Tensor] = []
        let most = counts.max() ?? 0
        pieces(rows, to: rows, in: dtype) { start, squares in
            // A row's distance to itself is the smallest; what rounding left of it must be so, too.
            let count = squares.size(0)
            let own =
                Tensor.range(to: rows.size(0)).unsqueezed(0)
                .== (Tensor.range(to: count) + Double(start)).converted(to: .int64).unsqueezed(1)
            let nearest = squares.filled(with: -1, where: own).negated().largest(most + 1, along: 1)
            found.append(nearest.values.negated())
        }
        let all = Tensor.concatenated(found)
        return counts.map { all.selected($0, along: 1) }
    }
}
