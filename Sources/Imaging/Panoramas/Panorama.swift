import Foundation

/// A picture all around: longitude from left to right, latitude from top to bottom (equirectangular).
///
/// Its left and right edges are neighbours. Beyond the upper and the lower edge the picture goes on half a turn further.
public struct Panorama: Sendable {
    /// The picture, twice as wide as high.
    public let picture: Picture
    private let canvas: StyleCanvas

    /// Rows of the smallest one.
    static let smallest = 4

    /// A panorama of a picture.
    ///
    /// - Parameters:
    ///   - picture: At 8 or 16 bits, with any channels.
    ///   - name: What errors call it.
    /// - Throws: `ImagingError/unsuited(name:purpose:reason:)` unless it is twice as wide as high, and for one of
    ///   fewer than 4 rows.
    public init(_ picture: Picture, name: String) throws(ImagingError) {
        guard picture.width == 2 * picture.height else {
            throw .unsuited(
                name: name,
                purpose: "a panorama",
                reason: "expected a picture twice as wide as high, found "
                    + "\(picture.width)×\(picture.height); crop it, or draw one with --panorama"
            )
        }
        guard picture.height >= Self.smallest else {
            throw .unsuited(
                name: name,
                purpose: "a panorama",
                reason: "expected \(2 * Self.smallest)×\(Self.smallest) pixels or more, found "
                    + "\(picture.width)×\(picture.height)"
            )
        }
        self.picture = picture
        canvas = StyleCanvas(picture)
    }

    /// What is seen in a direction, between the four nearest pixels.
    ///
    /// - Parameter direction: Of any length but 0: x to the right of the picture's middle, y up, z to the middle.
    /// - Returns: Red, green and blue times alpha, and alpha.
    func color(towards direction: SIMD3<Double>) -> SIMD4<Float> {
        let (width, height) = (picture.width, picture.height)
        let level = (direction.x * direction.x + direction.z * direction.z).squareRoot()
        let longitude = atan2(direction.x, direction.z) / (2 * Double.pi)
        let latitude = atan2(direction.y, level) / Double.pi
        let across = (0.5 + longitude) * Double(width) - 0.5
        let down = (0.5 - latitude) * Double(height) - 0.5
        let (left, top) = (across.rounded(.down), down.rounded(.down))
        let (right, low) = (Float(across - left), Float(down - top))
        // Both lie between −1 and the side's length.
        let (column, row) = (Int(left), Int(top))
        let upper = mixed(pixel(column, row), pixel(column + 1, row), right)
        let lower = mixed(pixel(column, row + 1), pixel(column + 1, row + 1), right)
        return mixed(upper, lower, low)
    }

    private func mixed(
        _ first: SIMD4<Float>,
        _ second: SIMD4<Float>,
        _ share: Float
    ) -> SIMD4<Float> {
        first + (second - first) * share
    }

    /// A pixel at most one row and one turn beyond the picture.
    private func pixel(_ column: Int, _ row: Int) -> SIMD4<Float> {
        let (width, height) = (picture.width, picture.height)
        let isBeyond = row < 0 || row >= height
        let inside = row < 0 ? -1 - row : row >= height ? 2 * height - 1 - row : row
        let turned = (column + (isBeyond ? width / 2 : 0) + width) % width
        return canvas.pixels[inside * width + turned]
    }
}
