import Torch

/// The mean of each window.
///
/// Shape: N×C×H×W → N×C×⌊(H + border − window) / stride + 1⌋×…; with `.same`
/// N×C×H×W → N×C×⌈H / stride⌉×⌈W / stride⌉.
public struct AveragePooling2D: Sendable, Hashable, Codable {
    /// The window's size.
    public let window: Extent
    /// Pixels from window to window.
    public let stride: Extent
    /// How much border the picture gets.
    public let padding: Padding
    /// Whether the border's zeros count: PyTorch's default, while Keras never counts them.
    public let countsBorder: Bool

    /// Windows side by side unless a stride is given.
    public init(
        window: Extent,
        stride: Extent? = nil,
        padding: Padding = .valid,
        countsBorder: Bool = false
    ) {
        self.window = window
        self.stride = stride ?? window
        self.padding = padding
        self.countsBorder = countsBorder
    }

    /// The means.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (_, _, rows, columns) = input.shape4
        let borders = padding.borders(of: (rows, columns), window: window, stride: stride)
        let means = pooled(input, borders)
        guard !countsBorder, borders.rows.after > 0 || borders.columns.after > 0 else {
            return means
        }
        // The share of each window that lies within the picture.
        let picture = withoutGradients {
            pooled(
                .ones([1, 1, rows, columns], dtype: input.dtype, device: input.device),
                borders
            )
        }
        return means / picture
    }

    private func pooled(_ input: Tensor, _ borders: Borders) -> Tensor {
        borders.addingExcess(to: input).averagePooled(
            window: window.sizes,
            stride: stride.sizes,
            padding: borders.common
        )
    }
}
