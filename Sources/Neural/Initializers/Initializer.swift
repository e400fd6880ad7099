import Checks
import Torch

/// How a parameter's first values are drawn.
public enum Initializer: Sendable, Hashable, Codable {
    /// All weights are zero.
    case zeros
    /// All weights are one.
    case ones
    /// One number.
    case constant(Double)
    /// The normal distribution.
    case normal(mean: Double = 0, deviation: Double)
    /// The normal distribution within two deviations; the deviation is that before the cut.
    case truncatedNormal(deviation: Double)
    /// Evenly between −bound and bound.
    case uniform(bound: Double)
    /// Evenly within √(6 / (inputs + outputs)): Keras' default.
    case glorotUniform
    /// Truncated normal with variance 2 / (inputs + outputs) after the cut, as in Keras.
    case glorotNormal
    /// Evenly within √(6 / inputs).
    case heUniform
    /// Truncated normal with variance 2 / inputs after the cut, as in Keras.
    case heNormal
    /// Rows or columns, whichever are fewer, at right angles and of length `gain`.
    case orthogonal(gain: Double = 1)
    /// Evenly within 1 / √inputs: PyTorch's default (Kaiming with a = √5), also for biases.
    case torchDefault

    /// What a bias starts with when the weights start so and nothing else is said.
    var forBias: Initializer { self == .torchDefault ? .torchDefault : .zeros }

    /// The deviation of a unit normal distribution cut at two deviations.
    private static let truncatedDeviation = 0.879_625_661_034_239_78

    /// First values of that shape.
    ///
    /// - Parameters:
    ///   - shape: The parameter's shape; rows are its first dimension.
    ///   - fans: The layer's fans, whichever parameter is drawn.
    ///   - source: Where the numbers come from.
    /// - Returns: Single-precision numbers on the processor.
    public func draw(_ shape: [Int], fans: Fans, using source: RandomSource) -> Tensor {
        let inputs = Double(max(fans.inputs, 1))
        let both = Double(max(fans.inputs + fans.outputs, 1))
        switch self {
        case .zeros: return .zeros(shape)
        case .ones: return .ones(shape)
        case .constant(let value): return .full(shape, value)
        case .normal(let mean, let deviation):
            return .normal(shape, mean: mean, deviation: deviation, using: source)
        case .truncatedNormal(let deviation):
            return .truncatedNormal(shape, deviation: deviation, using: source)
        case .uniform(let bound): return Self.even(shape, bound, source)
        case .glorotUniform: return Self.even(shape, (6 / both).squareRoot(), source)
        case .glorotNormal: return Self.cut(shape, (2 / both).squareRoot(), source)
        case .heUniform: return Self.even(shape, (6 / inputs).squareRoot(), source)
        case .heNormal: return Self.cut(shape, (2 / inputs).squareRoot(), source)
        case .orthogonal(let gain): return Self.orthogonal(shape, source) * gain
        case .torchDefault: return Self.even(shape, 1 / inputs.squareRoot(), source)
        }
    }

    private static func even(_ shape: [Int], _ bound: Double, _ source: RandomSource) -> Tensor {
        .uniform(shape, from: -bound, to: bound, using: source)
    }

    private static func cut(_ shape: [Int], _ deviation: Double, _ source: RandomSource) -> Tensor {
        .truncatedNormal(shape, deviation: deviation / truncatedDeviation, using: source)
    }

    /// Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning", ICLR 2014.
    private static func orthogonal(_ shape: [Int], _ source: RandomSource) -> Tensor {
        precondition(shape.count >= 2, "an orthogonal start needs two dimensions, found \(shape)")
        let rows = shape[0]
        let columns = shape.dropFirst().reduce(1, *)
        let sides = [max(rows, columns), min(rows, columns)]
        let (orthogonal, triangular) = Tensor.normal(sides, dtype: .float64, using: source)
            .orthogonalTriangular()
        // Signs of the diagonal make the result uniform over all rotations.
        let signs = (triangular * .identity(sides[1], dtype: .float64)).sum(over: [0]).sign()
        let matrix = orthogonal * signs
        return (rows < columns ? matrix.transposed() : matrix)
            .reshaped(shape)
            .converted(to: .float32)
    }
}
