import Foundation
import Neural
import Torch

/// A distribution of whole pictures, pixel by pixel: exact likelihoods, and draws.
public final class PixelModel: Module {
    /// The pictures.
    public let spec: PixelSpec
    private let trunk: any PixelTrunk
    private let head: any PixelHead

    /// A model of these parts.
    public init(_ trunk: any PixelTrunk, _ head: any PixelHead, for spec: PixelSpec) {
        (self.trunk, self.head, self.spec) = (trunk, head, spec)
    }

    /// Log-likelihood of each picture, in nats.
    ///
    /// Shape: N×C×H×W → N.
    public func logLikelihood(of pictures: Tensor, _ condition: PixelCondition = .open) -> Tensor {
        head.logLikelihood(trunk(pictures, condition), of: pictures)
    }

    /// Bits for each number of a picture, on average: what a perfect coder would need.
    ///
    /// Shape: N×C×H×W → N.
    public func bitsPerDimension(
        of pictures: Tensor,
        _ condition: PixelCondition = .open
    ) -> Tensor {
        let numbers = Double(pictures.count / pictures.size(0))
        return logLikelihood(of: pictures, condition) * (-1 / (numbers * log(2.0)))
    }

    /// The mean of each number given what is before it in the context: one pass, no draws.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    public func expectation(given context: Tensor, _ condition: PixelCondition) -> Tensor {
        head.expectation(trunk(context, condition), given: context)
    }

    /// Features of every pixel, as the head sees them.
    ///
    /// Shape: N×C×H×W → N×F×H×W.
    public func features(of pictures: Tensor, _ condition: PixelCondition) -> Tensor {
        trunk(pictures, condition)
    }

    /// Even numbers from 0 to 1 that decide a pixel.
    public var chances: Int { head.chances }

    /// Draws pictures, pixel by pixel.
    ///
    /// Each picture depends on its own row of chances alone.
    ///
    /// - Parameters:
    ///   - chances: Even numbers from 0 to 1: N×(rows · columns · chances).
    ///   - rows: Rows of each picture.
    ///   - columns: Columns of each picture.
    ///   - condition: What is known of them.
    ///   - temperature: 1 for the distribution itself, 0 for the likeliest level at each step.
    ///   - known: Pictures of which some pixels stay as they are, to the last bit, and the mask of
    ///     those: N×1×H×W, 1 where known.
    ///   - isCached: Whether what was computed is kept; without, every pixel takes a whole pass.
    /// - Returns: N×C×H×W, −1 … 1.
    public func draw(
        by chances: Tensor,
        rows: Int,
        columns: Int,
        _ condition: PixelCondition = .open,
        temperature: Double = 1,
        known: (pictures: Tensor, mask: Tensor)? = nil,
        isCached: Bool = true
    ) -> Tensor {
        withoutGradients {
            let count = chances.size(0)
            let chances = chances.reshaped([count, rows * columns, head.chances])
            let walk: any PixelWalk =
                isCached
                ? trunk.walk(count: count, rows: rows, columns: columns, condition)
                : WholePassWalk(
                    trunk,
                    Tensor.zeros([count, spec.channels, rows, columns], device: chances.device),
                    condition
                )
            let isKnown = known?.mask.isGreater(than: 0.5)
            var lines: [Tensor] = []
            for row in 0..<rows {
                walk.beginRow()
                var line: [Tensor] = []
                for column in 0..<columns {
                    var pixel = head.draw(
                        walk.features(),
                        temperature: temperature,
                        chances: chances.selected(row * columns + column, along: 1)
                    )
                    if let known, let isKnown {
                        func here(_ tensor: Tensor) -> Tensor {
                            tensor.sliced(row..<row + 1, along: 2)
                                .sliced(column..<column + 1, along: 3)
                        }
                        pixel = here(isKnown).selecting(here(known.pictures), otherwise: pixel)
                    }
                    walk.append(pixel)
                    line.append(pixel)
                }
                lines.append(Tensor.concatenated(line, along: 3))
            }
            return Tensor.concatenated(lines, along: 2)
        }
    }
}
