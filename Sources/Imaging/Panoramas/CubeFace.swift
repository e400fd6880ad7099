/// A face of a cube map, called as OpenGL and what follows it calls them: `px` looks along the positive x axis.
///
/// Seen from inside, with y up: the middle of a panorama lies in front, on `pz`; `px` is to the right of it, `nx` to the
/// left, `nz` behind.
public enum CubeFace: String, CaseIterable, Sendable {
    case px, nx, py, ny, pz, nz

    /// Where a point of the face lies on the cube of side 2 around the eye.
    ///
    /// Source: OpenGL 4.6, section 8.13, table 8.19.
    ///
    /// - Parameters:
    ///   - right: −1 at the face's left edge to 1 at its right one.
    ///   - down: −1 at its upper edge to 1 at its lower one.
    /// - Returns: x to the right, y up, z to the front.
    func point(right: Double, down: Double) -> SIMD3<Double> {
        switch self {
        case .px: SIMD3(1, -down, -right)
        case .nx: SIMD3(-1, -down, right)
        case .py: SIMD3(right, 1, down)
        case .ny: SIMD3(right, -1, -down)
        case .pz: SIMD3(right, -down, 1)
        case .nz: SIMD3(-right, -down, -1)
        }
    }

    /// Column and row on a sheet in the shape of a lying cross.
    var place: (column: Int, row: Int) {
        switch self {
        case .py: (1, 0)
        case .nx: (0, 1)
        case .pz: (1, 1)
        case .px: (2, 1)
        case .nz: (3, 1)
        case .ny: (1, 2)
        }
    }
}
