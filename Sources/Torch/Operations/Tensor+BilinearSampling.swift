import Checks

extension Tensor {
    /// Pictures read between their pixels, by weighted sums of four; zeros beyond the border.
    ///
    /// Differentiable by the pictures to any order, which libtorch's own operator is not. The
    /// places count as constants.
    ///
    /// Shape: N×C×H×W at N×h×w×2 (column and row, −1 and 1 the outer edges) → N×C×h×w.
    public func bilinearlySampled(at places: Tensor) -> Tensor {
        let (count, channels, rows, columns) = shape4
        let (height, width) = (places.size(1), places.size(2))
        precondition(
            places.shape == [count, height, width, 2],
            "expected places of \(count) pictures, found \(places.summary)"
        )
        let corners = withoutGradients { () -> [(index: Tensor, weight: Tensor)] in
            let place = places.detached()
            let x = ((place.selected(0, along: 3) + 1) * Double(columns) - 1) * 0.5
            let y = ((place.selected(1, along: 3) + 1) * Double(rows) - 1) * 0.5
            let (left, top) = (x.floor(), y.floor())
            let (right, below) = (x - left, y - top)
            return [(0.0, 0.0), (1, 0), (0, 1), (1, 1)].map { across, down in
                let column = left + across
                let row = top + down
                let inside =
                    (column.clamped(from: 0, to: Double(columns - 1)) .== column)
                    .converted(to: dtype)
                    * (row.clamped(from: 0, to: Double(rows - 1)) .== row).converted(to: dtype)
                let weight =
                    (across == 1 ? right : 1 - right) * (down == 1 ? below : 1 - below)
                let index =
                    row.clamped(from: 0, to: Double(rows - 1)) * Double(columns)
                    + column.clamped(from: 0, to: Double(columns - 1))
                return (
                    index.converted(to: .int64).reshaped([count, 1, height * width])
                        .expanded([count, channels, height * width]),
                    (weight.converted(to: dtype) * inside).reshaped([count, 1, height * width])
                )
            }
        }
        let flat = contiguous().reshaped([count, channels, rows * columns])
        let sums = corners.map { flat.gathered($0.index, along: 2) * $0.weight }
        return (sums[0] + sums[1] + sums[2] + sums[3])
            .reshaped([count, channels, height, width])
    }
}
