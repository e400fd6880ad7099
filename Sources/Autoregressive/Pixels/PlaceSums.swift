import Foundation
import Neural
import Torch

/// What the gates of a layer get of each place in the picture.
///
/// Windows of zeros beyond the border say where it is only near it; without this, a digit that has
/// ended may be begun again below.
public final class PlaceSums: Module {
    private static let frequencies = [1.0, 2, 4]
    private let sums: Convolution2D
    private let width: Int

    /// For gates of that many channels in each stack.
    init(width: Int, using source: RandomSource) {
        self.width = width
        sums = Convolution2D(
            inputs: 4 * Self.frequencies.count,
            outputs: 2 * width,
            kernel: 1,
            initializer: .normal(deviation: 0.1),
            using: source
        )
    }

    /// For the gates of both stacks.
    ///
    /// Shape: 1×width×rows×columns each.
    func callAsFunction(rows: Int, columns: Int) -> (above: Tensor, left: Tensor) {
        let both = sums(Self.waves(rows, columns).moved(to: sums.weight.device))
            .split([width, width], along: 1)
        return (both[0], both[1])
    }

    /// Waves over rows, then over columns, up to four periods in a picture's double.
    ///
    /// Shape: 1×12×rows×columns.
    private static func waves(_ rows: Int, _ columns: Int) -> Tensor {
        func wave(_ count: Int, _ value: (Double) -> Double) -> [Float] {
            (0..<count).map { Float(value(.pi * (Double($0) + 0.5) / Double(count))) }
        }
        var planes: [Tensor] = []
        for (count, shape) in [(rows, [1, 1, rows, 1]), (columns, [1, 1, 1, columns])] {
            for frequency in frequencies {
                for value in [{ sin(frequency * $0) }, { cos(frequency * $0) }] {
                    planes.append(
                        Tensor(wave(count, value), shape: shape).expanded([1, 1, rows, columns])
                    )
                }
            }
        }
        return Tensor.concatenated(planes, along: 1)
    }
}
