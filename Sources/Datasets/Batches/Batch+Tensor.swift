import Torch

extension Batch {
    /// The pictures as numbers, 0 becoming −1 and the largest sample 1, on that device.
    ///
    /// Samples of sixteen bits all remain different numbers.
    /// With transparency colours are premultiplied: what cannot be seen counts for nothing.
    ///
    /// Shape: count×channels×height×width, whatever the layout; the layout is the tensor's own.
    public func tensor(on device: Device = .cpu) -> Tensor {
        let isLast = layout == .channelsLast
        let shape = isLast ? [count, height, width, channels] : [count, channels, height, width]
        let samples =
            depth == .eight
            ? Tensor(pixels, shape: shape, device: device)
            : Tensor(floats(), shape: shape, device: device)
        let ordered = isLast ? samples.permuted([0, 3, 1, 2]) : samples
        let numbers =
            depth == .eight ? ordered.dequantised(scale: 2.0 / 255, shift: -1) : ordered
        guard channels == 2 || channels == 4 else { return numbers }
        let parts = numbers.split([channels - 1, 1], along: 1)
        // Of light l and cover c from −1 to 1: (l + 1)(c + 1) / 2 − 1.
        let light = (parts[0] + 1) * (parts[1] + 1) * 0.5 - 1
        let whole = Tensor.concatenated([light, parts[1]], along: 1)
        return isLast ? whole.channelsLast() : whole
    }
}
