import Torch

/// Pictures as whole levels of eight bits, and back.
enum PixelLevels {
    /// The nearest level of each number.
    ///
    /// Shape: numbers from −1 to 1 → whole numbers from 0 to 255.
    static func levels(_ pictures: Tensor) -> Tensor {
        ((pictures + 1) * 127.5).rounded().clamped(from: 0, to: 255).converted(to: .int64)
    }

    /// The numbers that levels stand for.
    ///
    /// Shape: whole numbers from 0 to 255 → numbers from −1 to 1.
    static func pictures(_ levels: Tensor, dtype: DType = .float32) -> Tensor {
        levels.converted(to: dtype) / 127.5 - 1
    }
}
