import Torch

/// The places that affine maps of the picture's square, −1 … 1 in both directions, read from.
enum AffineGrid {
    /// For each picture, the places that its pixels' middles are mapped to.
    ///
    /// Shape: six numbers a picture, two rows of (across, down, constant) → N×rows×columns×2.
    static func places(_ matrices: [Double], rows: Int, columns: Int) -> Tensor {
        let count = matrices.count / 6
        let maps = Tensor(matrices, shape: [count, 2, 3])
        func middles(_ size: Int) -> Tensor {
            (Tensor.range(to: size).converted(to: .float64) * 2 + 1) / Double(size) - 1
        }
        let across = middles(columns).unsqueezed(0).expanded([rows, columns])
        let down = middles(rows).unsqueezed(1).expanded([rows, columns])
        let points = Tensor.stacked([across, down, across.onesLike()], along: 2)
            .reshaped([1, rows * columns, 3]).expanded([count, rows * columns, 3])
        return points.multiplied(by: maps.transposed()).reshaped([count, rows, columns, 2])
    }
}
