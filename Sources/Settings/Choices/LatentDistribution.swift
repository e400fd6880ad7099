/// What the latent numbers of a generator are drawn from.
public enum LatentDistribution: String, Codable, Sendable, CaseIterable {
    /// Mean 0, variance 1.
    case normal
    /// Even between −1 and 1.
    case uniform
}
