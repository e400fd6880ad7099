import Torch

/// A function of each element, between layers.
///
/// Shape: … → ….
public enum Activation: Sendable, Hashable, Codable {
    /// The element itself.
    case identity
    /// Zero where negative.
    case relu
    /// Scaled by the slope where negative; Keras' default slope is 0.3, PyTorch's 0.01.
    case leakyRelu(slope: Double)
    /// alpha · (e^x − 1) where negative.
    case elu(alpha: Double = 1)
    /// The element times its logistic function.
    case silu
    /// The element times the normal distribution function.
    case gelu
    /// Hyperbolic tangent.
    case tanh
    /// Logistic function.
    case sigmoid
    /// log(1 + e^x).
    case softplus

    /// The function's values.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        switch self {
        case .identity: input
        case .relu: input.relu()
        case .leakyRelu(let slope): input.leakyRelu(slope: slope)
        case .elu(let alpha): input.elu(alpha: alpha)
        case .silu: input.silu()
        case .gelu: input.gelu()
        case .tanh: input.tanh()
        case .sigmoid: input.sigmoid()
        case .softplus: input.softplus()
        }
    }
}
