import Foundation

/// An affine map of the plane: a 3×3 matrix whose last row is (0, 0, 1).
struct Matrix3: Sendable {
    /// The first two rows: across, down, constant.
    var rows: [Double]

    static let identity = Matrix3(rows: [1, 0, 0, 0, 1, 0])

    static func scale(_ x: Double, _ y: Double) -> Matrix3 {
        Matrix3(rows: [x, 0, 0, 0, y, 0])
    }

    static func shift(_ x: Double, _ y: Double) -> Matrix3 {
        Matrix3(rows: [1, 0, x, 0, 1, y])
    }

    static func turn(_ angle: Double) -> Matrix3 {
        Matrix3(rows: [cos(angle), -sin(angle), 0, sin(angle), cos(angle), 0])
    }

    static func * (left: Matrix3, right: Matrix3) -> Matrix3 {
        let (a, b) = (left.rows, right.rows)
        return Matrix3(rows: [
            a[0] * b[0] + a[1] * b[3], a[0] * b[1] + a[1] * b[4],
            a[0] * b[2] + a[1] * b[5] + a[2],
            a[3] * b[0] + a[4] * b[3], a[3] * b[1] + a[4] * b[4],
            a[3] * b[2] + a[4] * b[5] + a[5],
        ])
    }

    static func *= (left: inout Matrix3, right: Matrix3) { left = left * right }

    /// Where a point goes.
    func callAsFunction(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
        (rows[0] * x + rows[1] * y + rows[2], rows[3] * x + rows[4] * y + rows[5])
    }
}
