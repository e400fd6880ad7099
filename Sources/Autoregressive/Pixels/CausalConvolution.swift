import Neural
import Torch

/// A convolution whose windows end at their own pixel: below them they see nothing, and to the
/// right nothing either where that is asked for.
///
/// Pictures may come as a whole; or row by row, or pixel by pixel, with a memory of those before.
public final class CausalConvolution: Module {
    /// How far a window reaches.
    enum Reach {
        /// Over columns on both sides.
        case above
        /// Over columns to the left alone.
        case aboveAndLeft
    }

    private let convolution: Convolution2D
    private let reach: Reach
    private let kernel: Extent
    private let stride: Int

    /// A convolution with kernels drawn from the source.
    init(
        inputs: Int,
        outputs: Int,
        kernel: Extent,
        reach: Reach,
        stride: Int = 1,
        initializer: Initializer = .glorotUniform,
        using source: RandomSource
    ) {
        (self.reach, self.kernel, self.stride) = (reach, kernel, stride)
        convolution = Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: kernel,
            stride: Extent(stride),
            initializer: initializer,
            using: source
        )
    }

    /// Columns before and after a pixel that its window covers.
    private var sides: (before: Int, after: Int) {
        switch reach {
        case .above: (kernel.columns / 2, kernel.columns / 2)
        case .aboveAndLeft: (kernel.columns - 1, 0)
        }
    }

    /// All places at once.
    ///
    /// Shape: N×inputs×H×W → N×outputs×H/stride×W/stride.
    func callAsFunction(_ maps: Tensor) -> Tensor {
        convolution(maps.padded([sides.before, sides.after, kernel.rows - 1, 0]))
    }

    /// What has been seen so far.
    final class Memory {
        /// Rows before the present one, the newest last.
        fileprivate var rows: [Tensor]
        /// Pixels of the present row so far.
        fileprivate var pixels: [Tensor] = []
        fileprivate var row = 0

        fileprivate init(rows: [Tensor]) { self.rows = rows }
    }

    /// Nothing seen yet of pictures with so many columns.
    func memory(count: Int, columns: Int) -> Memory {
        let empty = Tensor.zeros(
            [count, convolution.weight.size(1), 1, columns],
            device: convolution.weight.device
        )
        return Memory(rows: [Tensor](repeating: empty, count: kernel.rows - 1))
    }

    /// The next row of places; nothing for a row that the stride leaves out.
    ///
    /// Shape: N×inputs×1×W → N×outputs×1×W/stride.
    func row(_ line: Tensor, _ memory: Memory) -> Tensor? {
        defer {
            memory.rows = Array((memory.rows + [line]).suffix(kernel.rows - 1))
            memory.row += 1
        }
        guard memory.row.isMultiple(of: stride) else { return nil }
        let window = Tensor.concatenated(memory.rows + [line], along: 2)
        return convolution(window.padded([sides.before, sides.after, 0, 0]))
    }

    /// The next place of the present row; nothing for one that the stride leaves out.
    ///
    /// Shape: N×inputs×1×1 → N×outputs×1×1.
    func pixel(_ pixel: Tensor, _ memory: Memory) -> Tensor? {
        memory.pixels.append(pixel)
        let column = memory.pixels.count - 1
        guard memory.row.isMultiple(of: stride), column.isMultiple(of: stride) else { return nil }
        let first = column - kernel.columns + 1
        let here = Array(memory.pixels[max(first, 0)...])
        let lines = memory.rows.map { $0.sliced(max(first, 0)..<column + 1, along: 3) }
        let window = Tensor.concatenated(
            lines + [Tensor.concatenated(here, along: 3)],
            along: 2
        )
        return convolution(first < 0 ? window.padded([-first, 0, 0, 0]) : window)
    }

    /// Ends a row that came pixel by pixel.
    func endRow(_ memory: Memory) {
        let line = Tensor.concatenated(memory.pixels, along: 3)
        memory.rows = Array((memory.rows + [line]).suffix(kernel.rows - 1))
        memory.pixels = []
        memory.row += 1
    }
}
