import Checks
import Torch

/// Pictures smoothed by a small symmetric filter, also while they are doubled or halved.
///
/// Shape: N×C×H×W → N×C×H×W, N×C×2H×2W or N×C×⌈H/2⌉×⌈W/2⌉. Beyond the border are zeros, unless pictures are taken as
/// cylinders.
///
/// Source: Zhang, "Making convolutional networks shift-invariant again", ICML 2019; as used by
/// Karras et al., "Analyzing and improving the image quality of StyleGAN", CVPR 2020, appendix B.
public struct Filter: Sendable, Hashable {
    private let taps: [Double]
    /// Whether the picture's other end lies beyond each of its left and right edges, in place of zeros.
    public var wraps = false

    /// A filter with these taps in both directions, brought to sum 1.
    ///
    /// - Parameters:
    ///   - taps: The numbers.
    ///   - wraps: Whether pictures are cylinders.
    /// - Precondition: the taps read the same from both ends.
    public init(taps: [Double] = [1, 3, 3, 1], wraps: Bool = false) {
        precondition(taps == taps.reversed(), "expected symmetric taps, found \(taps)")
        self.taps = taps.map { $0 / taps.reduce(0, +) }
        self.wraps = wraps
    }

    /// The pictures smoothed, with so many rows and columns of zeros before and after.
    ///
    /// Shape: N×C×H×W → N×C×⌊(H + before + after − taps) / stride + 1⌋×….
    public func smoothed(
        _ pictures: Tensor,
        before: Int,
        after: Int,
        stride: Int = 1,
        gain: Double = 1
    ) -> Tensor {
        guard !wraps else {
            var plain = self
            plain.wraps = false
            return pictures.asCylinders(rim: taps.count * stride, cut: taps.count) {
                plain.smoothed($0, before: before, after: after, stride: stride, gain: gain)
            }
        }
        let size = [2, 3].map {
            (pictures.size($0) + before + after - taps.count) / stride + 1
        }
        return pictures.filtered(
            by: taps.map { $0 * gain.squareRoot() },
            before: before,
            stride: stride,
            size: size,
            spreads: false
        )
    }

    /// Twice as large, zeros put between pixels and smoothed away.
    public func doubled(_ pictures: Tensor) -> Tensor {
        guard !wraps else {
            var plain = self
            plain.wraps = false
            return pictures.asCylinders(rim: taps.count, cut: 2 * taps.count, plain.doubled)
        }
        return pictures.filtered(
            by: taps.map { $0 * 2 },
            // The middle of the taps on the pixel; with an even number one more after it.
            before: taps.count - 1 - (taps.count + 1) / 2,
            stride: 2,
            size: [2 * pictures.size(2), 2 * pictures.size(3)],
            spreads: true
        )
    }

    /// Half as large, smoothed before every other pixel is taken.
    public func halved(_ pictures: Tensor) -> Tensor {
        smoothed(pictures, before: (taps.count - 1) / 2, after: (taps.count - 2) / 2, stride: 2)
    }
}

extension Tensor {
    /// The pictures smoothed or spread by a filter, on any device: see `smoothed(by:)`.
    public func filtered(
        by taps: [Double],
        before: Int,
        stride: Int,
        size: [Int],
        spreads: Bool
    ) -> Tensor {
        guard device.kind != .cpu else {
            return smoothed(by: taps, before: before, stride: stride, size: size, spreads: spreads)
        }
        let line = Tensor(taps, shape: [taps.count, 1])
        let kernel = (line * line.transposed()).converted(to: dtype).moved(to: device)
            .expanded([self.size(1), 1, taps.count, taps.count])
        let groups = self.size(1)
        guard spreads else {
            let needed = [3, 2].flatMap { dimension -> [Int] in
                let reach = (size[dimension - 2] - 1) * stride + taps.count
                return [before, reach - before - self.size(dimension)]
            }
            return padded(needed).convolved(
                with: kernel,
                stride: [stride, stride],
                padding: [0, 0],
                groups: groups
            )
        }
        return transposeConvolved(
            with: kernel,
            stride: [stride, stride],
            padding: [0, 0],
            groups: groups
        )
        .sliced(before..<before + size[0], along: 2)
        .sliced(before..<before + size[1], along: 3)
    }
}
