import Torch

/// Weights in bytes: each row of a matrix, or each channel that a convolution makes, in 255 steps of its own size.
///
/// A tensor `name` becomes whole numbers from 1 to 255, 128 for nothing, and `name.step` how much one of them is for each row.
public enum ByteWeights {
    /// What steps are called behind the name of what they are of.
    private static let ending = ".step"
    /// Smaller tensors stay as they are: they weigh nothing.
    private static let smallest = 1024
    /// What stands for nothing.
    private static let middle = 128.0

    /// A tensor as it is written: in bytes with its steps, or as it is where that saves nothing.
    public static func packed(
        _ name: String,
        _ tensor: Tensor
    ) -> [(name: String, tensor: Tensor)] {
        guard tensor.dtype.isFloatingPoint, tensor.rank >= 2, tensor.count >= smallest else {
            return [(name, tensor)]
        }
        let rows = tensor.size(0)
        let flat = tensor.converted(to: .float32).reshaped([rows, tensor.count / rows])
        let largest = flat.absolute().max(over: [1], keepingDimensions: true)
        // A row of nothing has any step.
        let steps = (largest / 127).clamped(from: 1e-30)
        let numbers = (flat / steps).rounded().clamped(from: -127, to: 127) + middle
        return [
            (name, numbers.converted(to: .uint8).reshaped(tensor.shape)),
            (name + ending, steps.reshaped([rows])),
        ]
    }

    /// What a file should have, where it has some of the tensors in bytes, or in another type with a fraction.
    ///
    /// - Parameters:
    ///   - wanted: What a network keeps.
    ///   - found: What a file has.
    /// - Returns: The same in the file's types, with the steps that it then needs.
    public static func expected(
        _ wanted: [String: TensorOutline],
        in found: [String: TensorOutline]
    ) -> [String: TensorOutline] {
        var expected = wanted
        for (name, outline) in wanted where outline.dtype.isFloatingPoint {
            guard let type = found[name]?.dtype else { continue }
            if type.isFloatingPoint {
                expected[name] = TensorOutline(shape: outline.shape, dtype: type)
            } else if type == .uint8, let rows = outline.shape.first, outline.shape.count >= 2 {
                expected[name] = TensorOutline(shape: outline.shape, dtype: .uint8)
                expected[name + ending] = TensorOutline(shape: [rows], dtype: .float32)
            }
        }
        return expected
    }

    /// Tensors with what was in bytes in numbers again.
    ///
    /// - Parameters:
    ///   - tensors: Of a file, with a step for each row of what is in bytes.
    ///   - origin: The file, for errors.
    /// - Returns: The same without steps.
    /// - Throws: `TorchError.badWeights` for bytes with more or fewer steps than rows.
    public static func unpacked(
        _ tensors: [String: Tensor],
        origin: String
    ) throws(TorchError) -> [String: Tensor] {
        var numbers = tensors
        for (name, tensor) in tensors where tensor.dtype == .uint8 {
            guard let steps = numbers.removeValue(forKey: name + ending) else { continue }
            guard let rows = tensor.shape.first, tensor.rank >= 2, steps.shape == [rows],
                steps.dtype.isFloatingPoint
            else {
                throw .badWeights(
                    path: origin,
                    problem:
                        "'\(name + ending)' has the shape \(steps.shape); expected a number for each row of"
                        + " '\(name)', whose shape is \(tensor.shape). Export the model again"
                )
            }
            let columns = [rows] + [Int](repeating: 1, count: tensor.rank - 1)
            numbers[name] = (tensor.converted(to: .float32) - middle) * steps.reshaped(columns)
        }
        return numbers
    }
}
