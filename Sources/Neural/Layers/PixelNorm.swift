import Torch

/// Each pixel's vector of channels divided by its root mean square.
///
/// Shape: N×C×… → N×C×….
///
/// Source: Karras et al., "Progressive growing of GANs", ICLR 2018, section 4.2.
public struct PixelNorm: Sendable, Hashable, Codable {
    /// What is added to the mean square before the root.
    public let epsilon: Double

    /// The normalisation; the paper's epsilon is 1e-8.
    public init(epsilon: Double = 1e-8) { self.epsilon = epsilon }

    /// The normalised pixels.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let square = input.squared().mean(over: [1], keepingDimensions: true)
        return input * (square + epsilon).reciprocalSquareRoot()
    }
}
