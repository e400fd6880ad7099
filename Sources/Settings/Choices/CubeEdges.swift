/// Where the outermost pixels of a cube map's faces lie.
public enum CubeEdges: String, CaseIterable, Codable, Sendable {
    /// Half a pixel inside the edge, as graphics processors read cube maps.
    case inside
    /// On the edge itself: neighbouring faces have the same pixels there.
    case shared
}
