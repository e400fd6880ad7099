import Foundation
import Torch

/// Changes that leave what a picture shows as it is, so that a network learns what that is.
enum PictureChanges {
    /// Pictures moved, turned, enlarged and made lighter or darker by chance, some with a patch
    /// missing; all of them, by another chance, noisy or coarse.
    ///
    /// Shape: N×C×H×W, −1 … 1 → the same.
    static func changed(_ pictures: Tensor, using source: RandomSource) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        func even(_ amount: Double) -> Tensor {
            Tensor.uniform([count, 1, 1, 1], from: -amount, to: amount, using: source)
        }
        let light =
            pictures.sampled(at: places(rows, columns, even), padding: .border)
            * (even(0.2) + 1) + even(0.15)
        var changed = gap(rows, columns, even).selecting(Tensor.zeros([]), otherwise: light)
        switch source.next(below: 4) {
        case 0:
            changed = changed + Tensor.normal(changed.shape, deviation: 0.2, using: source)
        case 1:
            changed = changed.adaptiveAveragePooled(size: [max(rows / 2, 1), max(columns / 2, 1)])
                .resampled(size: [rows, columns], .bilinear)
        default: break
        }
        return changed.clamped(from: -1, to: 1)
    }

    /// Where each picture is read: turned by up to 14 degrees, up to a sixth larger or smaller, and
    /// moved by up to a twelfth.
    ///
    /// Shape: N×H×W×2.
    private static func places(
        _ rows: Int,
        _ columns: Int,
        _ even: (Double) -> Tensor
    ) -> Tensor {
        let (x, y) = grid(rows, columns)
        let (angle, size) = (even(0.25), even(0.16).exp())
        let (cosine, sine) = (angle.cosine() * size, angle.sine() * size)
        let across = x * cosine - y * sine + even(1.0 / 6)
        let down = x * sine + y * cosine + even(1.0 / 6)
        return Tensor.stacked([across.squeezed(1), down.squeezed(1)], along: 3)
    }

    /// A square that is missing, as wide as a third of the picture, in half of the pictures.
    ///
    /// Shape: N×1×H×W.
    private static func gap(
        _ rows: Int,
        _ columns: Int,
        _ even: (Double) -> Tensor
    ) -> Tensor {
        let (x, y) = grid(rows, columns)
        let (across, down) = ((x - even(1)).absolute(), (y - even(1)).absolute())
        // A square whose side is below zero has nothing in it.
        return across.maximum(down) .< even(1).sign() / 3
    }

    /// How far each pixel lies from the middle, −1 … 1.
    ///
    /// Shape: 1×1×1×W and 1×1×H×1.
    private static func grid(_ rows: Int, _ columns: Int) -> (across: Tensor, down: Tensor) {
        func steps(_ count: Int) -> [Float] {
            (0..<count).map { Float(2 * $0 + 1) / Float(count) - 1 }
        }
        return (
            Tensor(steps(columns), shape: [1, 1, 1, columns]),
            Tensor(steps(rows), shape: [1, 1, rows, 1])
        )
    }
}
