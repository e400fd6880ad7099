import Torch

/// What a border around a picture holds.
public enum BorderMode: String, Sendable, Codable, CaseIterable {
    /// Zeros stand beyond the edge.
    case zeros
    /// The opposite side: the result tiles without a seam.
    case circular
    /// The picture mirrored at its edge, the edge not repeated.
    case reflect
    /// The edge.
    case replicate

    var fill: Tensor.Padding {
        switch self {
        case .zeros: .constant(0)
        case .circular: .circular
        case .reflect: .reflect
        case .replicate: .replicate
        }
    }
}
