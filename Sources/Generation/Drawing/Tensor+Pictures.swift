import Imaging
import Torch

extension Tensor {
    /// Each picture of a batch, −1 … 1 becoming 0 … 255.
    ///
    /// Shape: N×C×H×W, C from 1 to 4 → N pictures.
    public func pictures() -> [Picture] {
        let (count, channels, height, width) = shape4
        let bytes = ((self * 127.5 + 127.5).rounded().clamped(from: 0, to: 255))
            .permuted([0, 2, 3, 1]).converted(to: .uint8).elements(as: UInt8.self)
        let size = channels * height * width
        return (0..<count).map { index in
            Picture(
                width: width, height: height, channels: channels,
                samples: Array(bytes[index * size..<(index + 1) * size]))
        }
    }
}
