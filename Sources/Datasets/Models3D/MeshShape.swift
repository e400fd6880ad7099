/// The shape of a model as its file gives it: triangles, and the names of their materials.
///
/// Every place in `corners` and `triangleMaterials` is within its list.
package struct MeshShape: Sendable {
    /// The positions, in any unit; all are finite.
    package var positions: [SIMD3<Float>] = []

    /// The texture coordinates; all are finite.
    package var coordinates: [SIMD2<Float>] = []

    /// The normals; of any length, all are finite.
    package var normals: [SIMD3<Float>] = []

    /// Three for each triangle.
    package var corners: [MeshCorner] = []

    /// For each triangle, the place of its material in `materialNames`.
    package var triangleMaterials: [Int32] = []

    /// The names of the materials; the first, empty, stands for none.
    package var materialNames: [String] = [""]

    /// The files that describe the materials, as the shape names them.
    package var libraries: [String] = []
}
