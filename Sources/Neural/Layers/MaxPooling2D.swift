import Torch

/// The largest element of each window.
///
/// Shape: N×C×H×W → N×C×⌊(H + border − window) / stride + 1⌋×…; with `.same`
/// N×C×H×W → N×C×⌈H / stride⌉×⌈W / stride⌉.
public struct MaxPooling2D: Sendable, Hashable, Codable {
    /// The window's size.
    public let window: Extent
    /// Pixels from window to window.
    public let stride: Extent
    /// How much border the picture gets; the border is never the largest.
    public let padding: Padding

    /// Windows side by side unless a stride is given.
    public init(window: Extent, stride: Extent? = nil, padding: Padding = .valid) {
        self.window = window
        self.stride = stride ?? window
        self.padding = padding
    }

    /// The largest elements.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (_, _, rows, columns) = input.shape4
        let borders = padding.borders(of: (rows, columns), window: window, stride: stride)
        return borders.addingExcess(to: input, .constant(-.infinity)).maxPooled(
            window: window.sizes,
            stride: stride.sizes,
            padding: borders.common
        )
    }
}
