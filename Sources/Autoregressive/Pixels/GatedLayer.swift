import Neural
import Torch

/// One layer of a gated PixelCNN: both stacks.
public final class GatedLayer: Module {
    let kernel: Int
    let isFirst: Bool
    let upper: Convolution2D
    let across: Convolution2D
    let leftward: Convolution2D
    let output: Convolution2D
    private let conditioning: Convolution2D?
    private let width: Int

    /// A layer; the first one sees no pixel at its own place.
    init(
        inputs: Int,
        width: Int,
        kernel: Int,
        isFirst: Bool,
        isConditional: Bool,
        using source: RandomSource
    ) {
        (self.width, self.kernel, self.isFirst) = (width, kernel, isFirst)
        let reach = kernel / 2 + (isFirst ? 0 : 1)
        func layer(_ inputs: Int, _ outputs: Int, _ kernel: Extent) -> Convolution2D {
            Convolution2D(inputs: inputs, outputs: outputs, kernel: kernel, using: source)
        }
        upper = layer(inputs, 2 * width, Extent(rows: reach, columns: kernel))
        across = layer(2 * width, 2 * width, 1)
        leftward = layer(inputs, 2 * width, Extent(rows: 1, columns: reach))
        // What is handed on, and what goes to the end at once.
        output = layer(width, 2 * width, 1)
        conditioning = isConditional ? layer(width, 4 * width, 1) : nil
    }

    /// Rows or pixels before a place that its window covers, its own among them but in the first
    /// layer.
    var reach: Int { kernel / 2 + (isFirst ? 0 : 1) }

    /// What is known, for the gates of both stacks.
    func conditions(_ known: Tensor?) -> (above: Tensor, left: Tensor)? {
        guard let conditioning, let known else { return nil }
        let both = conditioning(known).split([2 * width, 2 * width], along: 1)
        return (both[0], both[1])
    }

    /// The upper stack: maps that know the rows above, and the sums before their gates.
    func above(_ maps: Tensor, _ condition: Tensor?) -> (maps: Tensor, before: Tensor) {
        let side = kernel / 2
        let all = upper(maps.padded([side, side, kernel / 2, 0]))
        let sums = adding(condition, to: all.sliced(0..<maps.size(2), along: 2))
        return (sums.gated(), sums)
    }

    /// The left stack: maps that know the pixels before, and what goes to the end.
    func left(
        _ maps: Tensor,
        _ above: Tensor,
        _ condition: Tensor?
    ) -> (maps: Tensor, skip: Tensor) {
        let all = leftward(maps.padded([kernel / 2, 0, 0, 0]))
        let sums = all.sliced(0..<maps.size(3), along: 3) + across(above)
        return handed(adding(condition, to: sums), on: maps)
    }

    /// The gates' result on its two ways.
    func handed(_ sums: Tensor, on maps: Tensor) -> (maps: Tensor, skip: Tensor) {
        let both = output(sums.gated()).split([width, width], along: 1)
        return (isFirst ? both[0] : both[0] + maps, both[1])
    }

    func adding(_ condition: Tensor?, to sums: Tensor) -> Tensor {
        condition.map { sums + $0 } ?? sums
    }
}
