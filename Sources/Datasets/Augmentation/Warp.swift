import Foundation

/// An affine map from the pixels of the new picture to places in the old one, about the centre.
///
/// Place = matrix · (pixel − centre − shift) + offset + centre.
/// Steps are added in the order in which they happen to the picture.
package struct Warp: Equatable {
    package private(set) var matrix: (xx: Float, xy: Float, yx: Float, yy: Float) = (1, 0, 0, 1)
    package private(set) var offset: (x: Float, y: Float) = (0, 0)
    package private(set) var shift: (x: Int, y: Int) = (0, 0)

    /// Nothing happens.
    package init() {}

    /// True when nothing happens.
    package var isIdentity: Bool { self == Warp() }

    package static func == (left: Warp, right: Warp) -> Bool {
        left.matrix == right.matrix && left.offset == right.offset && left.shift == right.shift
    }

    package mutating func flip(horizontally: Bool) {
        if horizontally { multiply(-1, 0, 0, 1) } else { multiply(1, 0, 0, -1) }
    }

    /// Keeps a part of each side, its centre moved by some pixels.
    package mutating func crop(keeping share: Float, right: Float, down: Float) {
        offset.x += matrix.xx * right + matrix.xy * down
        offset.y += matrix.yx * right + matrix.yy * down
        multiply(share, 0, 0, share)
    }

    package mutating func scale(by factor: Float) {
        multiply(1 / factor, 0, 0, 1 / factor)
    }

    package mutating func rotate(degrees: Float) {
        guard degrees != 0 else { return }
        let angle = Double(degrees) * .pi / 180
        let (sine, cosine) = (Float(sin(angle)), Float(cos(angle)))
        multiply(cosine, sine, -sine, cosine)
    }

    /// Moves the result by whole pixels; the last step.
    package mutating func translate(right: Int, down: Int) {
        shift.x += right
        shift.y += down
    }

    private mutating func multiply(_ xx: Float, _ xy: Float, _ yx: Float, _ yy: Float) {
        matrix = (
            matrix.xx * xx + matrix.xy * yx, matrix.xx * xy + matrix.xy * yy,
            matrix.yx * xx + matrix.yy * yx, matrix.yx * xy + matrix.yy * yy
        )
    }
}
