import Torch

/// The last dimensions of each example brought to mean 0 and variance 1, then scaled and shifted.
///
/// Shape: …×shape → …×shape.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization", 2016. PyTorch's epsilon is 1e-5, Keras'
/// 1e-3.
public final class LayerNorm: Module {
    /// What each number is multiplied by.
    public let weight: Parameter?
    /// What is added to each number.
    public let bias: Parameter?

    private let shape: [Int]
    private let epsilon: Double

    /// A layer that at first neither scales nor shifts.
    ///
    /// - Parameters:
    ///   - shape: Sizes of the last dimensions, over which mean and variance are taken.
    ///   - epsilon: What is added to the variance before the root.
    ///   - hasScale: Whether the result is multiplied by learned numbers.
    ///   - hasShift: Whether learned numbers are added to the result.
    public init(
        _ shape: [Int],
        epsilon: Double = 1e-5,
        hasScale: Bool = true,
        hasShift: Bool = true
    ) {
        self.shape = shape
        self.epsilon = epsilon
        weight = hasScale ? Parameter(wrappedValue: .ones(shape)) : nil
        bias = hasShift ? Parameter(wrappedValue: .zeros(shape)) : nil
    }

    /// The normalised numbers.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.layerNormalized(
            shape,
            scale: weight?.wrappedValue,
            shift: bias?.wrappedValue,
            epsilon: epsilon
        )
    }
}
