import Torch

/// Vectors along the last dimension divided by their root mean square, then scaled.
///
/// Computed in single precision also where the input is shorter.
///
/// Shape: …×size → …×size.
///
/// Source: Zhang and Sennrich, "Root mean square layer normalization", NeurIPS 2019.
public final class RMSNorm: Module {
    /// What each number is multiplied by.
    @Parameter public var weight: Tensor

    private let epsilon: Double

    /// A layer that at first does not scale.
    ///
    /// - Parameters:
    ///   - size: Size of the last dimension.
    ///   - epsilon: What is added to the mean square before the root.
    public init(_ size: Int, epsilon: Double = 1e-6) {
        weight = .ones([size])
        self.epsilon = epsilon
    }

    /// The normalised vectors.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let long = input.dtype.byteCount < 4 ? input.converted(to: .float32) : input
        let square = long.squared().mean(over: [-1], keepingDimensions: true)
        let even = long * (square + epsilon).reciprocalSquareRoot()
        return even.converted(to: input.dtype) * weight
    }
}
