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
        let channels = pictures.size(1)
        let common = min(before, after)
        let padded =
            before == after
            ? pictures
            : pictures.padded([
                before - common, after - common, before - common, after - common,
            ])
        return padded.convolved(
            with: expanded(channels, gain, pictures.dtype),
            stride: [stride, stride],
            padding: [common, common],
            groups: channels
        )
    }

    /// Twice as large, zeros put between pixels and smoothed away.
    public func doubled(_ pictures: Tensor) -> Tensor {
        let channels = pictures.size(1)
        let whole = pictures.transposeConvolved(
            with: expanded(channels, 4, pictures.dtype),
            stride: [2, 2],
            padding: [0, 0],
            groups: channels
        )
        let (rows, columns) = (2 * pictures.size(2), 2 * pictures.size(3))
        // The middle of the taps on the pixel; with an even number one more after it.
        let first = length - 1 - (length + 1) / 2
        return
            whole
            .sliced(first..<first + rows, along: 2)
            .sliced(first..<first + columns, along: 3)
    }

    /// Half as large, smoothed before every other pixel is taken.
    public func halved(_ pictures: Tensor) -> Tensor {
        smoothed(pictures, before: (length - 1) / 2, after: (length - 2) / 2, stride: 2)
    }

    private func expanded(_ channels: Int, _ gain: Double, _ dtype: DType) -> Tensor {
        let own = kernel.converted(to: dtype)
        return (gain == 1 ? own : own * gain).expanded([channels, 1, length, length])
    }
}
