import Torch

/// Each element, scaled by its channel's learned slope where it is negative.
///
/// Shape: N×channels×… → N×channels×….
///
/// Source: He et al., "Delving deep into rectifiers", ICCV 2015.
public final class PReLU: Module {
    /// Slopes, one per channel.
    @Parameter public var weight: Tensor

    /// A layer whose slopes start equal.
    public init(_ channels: Int, slope: Double = 0.25) {
        weight = .full([channels], slope)
    }

    /// The scaled elements.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        Operators.prelu(.tensor(input), .tensor(weight))
    }

    private enum Operators {
        static let prelu = Operator("prelu")
    }
}
