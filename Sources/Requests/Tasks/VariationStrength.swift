/// How far variations go from their picture.
public enum VariationStrength: String, Codable, Sendable, CaseIterable {
    /// Near.
    case subtle
    /// Far.
    case strong
}
