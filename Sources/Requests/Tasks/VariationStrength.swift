/// How far variations go from their picture.
public enum VariationStrength: String, Codable, Sendable, CaseIterable {
    /// Drawings near the picture.
    case subtle
    /// Drawings far from the picture.
    case strong
}
