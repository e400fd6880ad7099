/// Where Adam adds ε to the root of the second moment v.
public enum EpsilonPlacement: String, Codable, Sendable, CaseIterable {
    /// After correcting v for its start at zero: √(v / (1 − β₂ᵗ)) + ε, as PyTorch does.
    case corrected
    /// Before: √v + ε, as Keras does, so that ε weighs more in the first steps.
    case uncorrected
}
