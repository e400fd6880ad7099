/// What of a texture lies high.
public enum TextureHeights: String, CaseIterable, Codable, Sendable {
    /// What is lighter than its surroundings.
    case light
    /// What is darker.
    case dark
}
