import Torch

/// Pictures smoothed by a small symmetric filter, also while they are doubled or halved.
///
/// Shape: N×C×H×W → N×C×H×W, N×C×2H×2W or N×C×⌈H/2⌉×⌈W/2⌉. Beyond the border are zeros.
///
/// Source: Zhang, "Making convolutional networks shift-invariant again", ICML 2019; as used by
/// Karras et al., "Analyzing and improving the image quality of StyleGAN", CVPR 2020, appendix B.
public final class Filter: Module {
    @Buffer private var kernel: Tensor
    private let length: Int

    /// A filter with these taps in both directions, brought to sum 1.
    ///
    /// - Precondition: the taps read the same from both ends.
    public init(taps: [Double] = [1, 3, 3, 1]) {
        precondition(taps == taps.reversed(), "expected symmetric taps, found \(taps)")
        let line = Tensor(taps.map { $0 / taps.reduce(0, +) })
        kernel = (line.unsqueezed(1) * line.unsqueezed(0)).converted(to: .float32)
            .reshaped([1, 1, taps.count, taps.count])
        length = taps.count
    }

    /// The pictures smoothed, with so many rows and columns of zeros before and after.
    ///
    /// Shape: N×C×H×W → N×C×(H + before + after − taps + 1)×….
    public func smoothed(
        _ pictures: Tensor,
        before: Int,
        after: Int,
        stride: Int = 1,
        gain: Double = 1
    ) -> Tensor {
        let common = min(before, after)
        return precise(pictures) { pictures in
            let padded =
                before == after
                ? pictures
                : pictures.padded([
                    before - common, after - common, before - common, after - common,
                ])
            return padded.convolved(
                with: expanded(like: pictures, gain),
                stride: [stride, stride],
                padding: [common, common],
                groups: pictures.size(1)
            )
        }
    }

    /// Twice as large, zeros put between pixels and smoothed away.
    public func doubled(_ pictures: Tensor) -> Tensor {
        let (rows, columns) = (2 * pictures.size(2), 2 * pictures.size(3))
        // The middle of the taps on the pixel; with an even number one more after it.
        let first = length - 1 - (length + 1) / 2
        return precise(pictures) { pictures in
            pictures.transposeConvolved(
                with: expanded(like: pictures, 4),
                stride: [2, 2],
                padding: [0, 0],
                groups: pictures.size(1)
            )
            .sliced(first..<first + rows, along: 2)
            .sliced(first..<first + columns, along: 3)
        }
    }

    /// Half as large, smoothed before every other pixel is taken.
    public func halved(_ pictures: Tensor) -> Tensor {
        smoothed(pictures, before: (length - 1) / 2, after: (length - 2) / 2, stride: 2)
    }

    /// In single precision at least: depthwise convolutions of short types are many times slower.
    private func precise(_ pictures: Tensor, _ body: (Tensor) -> Tensor) -> Tensor {
        pictures.inFullPrecision(body).converted(to: pictures.dtype)
    }

    private func expanded(like pictures: Tensor, _ gain: Double) -> Tensor {
        let own = kernel.converted(to: pictures.dtype)
        return (gain == 1 ? own : own * gain)
            .expanded([pictures.size(1), 1, length, length])
    }
}
