#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// From where a model is seen; it always fills the picture but for a margin.
package struct ModelCamera: Sendable, Equatable {
    /// How far around the model, in degrees: 0 from the front (`+z`), 90 from its right (`+x`).
    package var azimuth: Float

    /// How far above the horizon, in degrees: 90 from above.
    package var elevation: Float

    /// How far from the model's middle, in lengths of its longest side.
    package var distance: Float

    /// What stays empty at each side of the picture, as a part of its width.
    package var margin: Float

    /// Makes a camera.
    package init(azimuth: Float, elevation: Float, distance: Float = 3, margin: Float = 0.04) {
        self.azimuth = azimuth
        self.elevation = elevation
        self.distance = distance
        self.margin = margin
    }

    /// Towards the right of the picture, upwards, and from the model to the camera.
    var axes: (right: SIMD3<Float>, up: SIMD3<Float>, back: SIMD3<Float>) {
        let turn = azimuth * .pi / 180
        let rise = elevation * .pi / 180
        let right: SIMD3<Float> = [cos(turn), 0, -sin(turn)]
        let back: SIMD3<Float> = [sin(turn) * cos(rise), sin(rise), cos(turn) * cos(rise)]
        return (right, Vectors.cross(back, right), back)
    }

    /// Where the camera stands.
    var position: SIMD3<Float> { axes.back * distance }

    /// Places on a square picture of this side, and the inverse of the distance as third number.
    ///
    /// - Parameters:
    ///   - positions: The positions of a mesh.
    ///   - corners: Which of them count for the frame.
    ///   - side: The side of the picture.
    /// - Returns: One place for each position, top left being 0, 0.
    func places(of positions: [SIMD3<Float>], corners: [Int32], side: Float) -> [SIMD3<Float>] {
        let axes = axes
        let eye = position
        var places = positions.map { position -> SIMD3<Float> in
            let ray = position - eye
            let depth = max(-Vectors.dot(ray, axes.back), 1e-3)
            return [
                Vectors.dot(ray, axes.right) / depth, -Vectors.dot(ray, axes.up) / depth, 1 / depth,
            ]
        }
        var lowest = SIMD3<Float>(repeating: .infinity)
        var highest = -lowest
        for corner in corners {
            lowest = pointwiseMin(lowest, places[Int(corner)])
            highest = pointwiseMax(highest, places[Int(corner)])
        }
        let middle = (lowest + highest) / 2
        let extent = max(highest.x - lowest.x, highest.y - lowest.y, 1e-6)
        let scale = side * (1 - 2 * margin) / extent
        for place in places.indices {
            places[place].x = (places[place].x - middle.x) * scale + side / 2
            places[place].y = (places[place].y - middle.y) * scale + side / 2
        }
        return places
    }
}
