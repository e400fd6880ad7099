import Torch

extension Batch {
    /// The pictures as numbers, 0 becoming −1 and 255 becoming 1, on that device.
    ///
    /// Shape: count×channels×height×width, whatever the layout; the layout is the tensor's own.
    public func tensor(on device: Device = .cpu) -> Tensor {
        let isLast = layout == .channelsLast
        let shape = isLast ? [count, height, width, channels] : [count, channels, height, width]
        let bytes = Tensor(pixels, shape: shape, device: device)
        let ordered = isLast ? bytes.permuted([0, 3, 1, 2]) : bytes
        return ordered.dequantised(scale: 2.0 / 255, shift: -1)
    }
}
