import Torch

/// Pictures enlarged by a whole factor.
///
/// Shape: N×C×H×W → N×C×(H·factor)×(W·factor).
public struct Upsampling2D: Sendable, Hashable, Codable {
    /// How many times as large.
    public let factor: Extent
    /// How pixels between pixels are found.
    public let interpolation: Tensor.Interpolation

    /// An enlargement.
    public init(factor: Extent, _ interpolation: Tensor.Interpolation = .nearest) {
        self.factor = factor
        self.interpolation = interpolation
    }

    /// The enlarged pictures.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (_, _, rows, columns) = input.shape4
        return input.resampled(
            size: [rows * factor.rows, columns * factor.columns],
            interpolation
        )
    }
}
