/// A corner of a triangle: places in the lists of a shape, −1 where it has none.
package struct MeshCorner: Sendable, Equatable {
    /// The place among the positions.
    package var position: Int32

    /// The place among the texture coordinates.
    package var coordinate: Int32

    /// The place among the normals.
    package var normal: Int32
}
