import Neural
import Torch

/// Leaky ReLU between filters: samples are brought closer to each other, bent there, and what would alias is
/// filtered away before they are taken apart again.
///
/// Shape: N×C×(from + kernel − 1)² → N×C×to².
///
/// Source: Karras et al., 2021, section 3 and appendix D. Maps of many samples are bent in bands of rows, so that
/// memory does not grow with the sampling rate in between.
struct FilteredActivation {
    /// Sizes and rates.
    let layer: StyleGAN3Layout.Layer
    /// The slope below zero.
    let slope: Double
    /// What the result is multiplied with.
    let gain: Double
    /// The largest number; 0 for any.
    let clamp: Double

    /// Numbers of a band at the higher sampling rate.
    static let bandSize = 1 << 23

    /// Bends a map.
    ///
    /// - Parameters:
    ///   - map: What comes in.
    ///   - up: The filter before, along one dimension; none where no samples are added.
    ///   - down: The filter behind, along one dimension or of a plane; none where all samples stay.
    ///   - bandSize: Numbers of a band, about.
    /// - Returns: The bent map.
    func callAsFunction(
        _ map: Tensor,
        up: Tensor?,
        down: Tensor?,
        bandSize: Int = FilteredActivation.bandSize
    ) -> Tensor {
        // A gain before leaky ReLU is one behind it.
        let level = Double(layer.up) * gain.squareRoot()
        let taps = (up?.doubles() ?? [1]).map { $0 * level }
        let behind = Behind(down, stride: layer.down)
        let width = (layer.to - 1) * layer.down + layer.downTaps
        let rows = rowsAtOnce(map.size(0) * map.size(1) * width, bandSize)
        let before = layer.upTaps - 1 - layer.lead
        guard rows < layer.to else {
            return behind(
                bent(map, taps, before: before, size: [width, width]),
                [layer.to, layer.to]
            )
        }
        // With so many zeros in front each band begins where its first row of samples does.
        let front = max((layer.lead + layer.up - 1) / layer.up, 0)
        let back = max((width + layer.up - 1) / layer.up - front - map.size(2), 0)
        let padded = map.padded([front, back, front, back])
        let shifted = before + layer.up * front
        let bands = stride(from: 0, to: layer.to, by: rows).map { first -> Tensor in
            let count = min(rows, layer.to - first)
            let height = (count - 1) * layer.down + layer.downTaps
            let start = first * layer.down / layer.up
            let end = min(start + (height - 1 + shifted) / layer.up + 1, padded.size(2))
            let band = padded.sliced(start..<end, along: 2)
            return behind(
                bent(band, taps, before: shifted, size: [height, width]),
                [count, layer.to]
            )
        }
        return Tensor.concatenated(bands, along: 2)
    }

    /// Rows of the result whose samples are as many as a band has, so that each begins with a row of the input.
    private func rowsAtOnce(_ numbers: Int, _ bandSize: Int) -> Int {
        let rows = (bandSize / max(numbers, 1) - layer.downTaps) / layer.down
        return max(rows / layer.up, 1) * layer.up
    }

    private func bent(_ map: Tensor, _ taps: [Double], before: Int, size: [Int]) -> Tensor {
        let isSame = layer.up == 1 && taps == [1] && before == 0 && map.shape.suffix(2) == size[...]
        let closer =
            isSame ? map : map.spread(by: taps, before: before, stride: layer.up, size: size)
        let bent = slope == 1 ? closer : closer.leakyRelu(slope: slope)
        return clamp > 0 ? bent.clamped(from: -clamp, to: clamp) : bent
    }

    /// The filter behind, with what is taken of its result.
    private struct Behind {
        private let taps: [Double]
        private let kernel: Tensor?
        private let stride: Int

        init(_ filter: Tensor?, stride: Int) {
            self.stride = stride
            let isPlane = filter?.rank == 2
            kernel = isPlane ? filter : nil
            taps = isPlane ? [] : filter?.doubles() ?? [1]
        }

        func callAsFunction(_ map: Tensor, _ size: [Int]) -> Tensor {
            if let kernel {
                let count = map.size(1)
                return map.convolved(
                    with: kernel.converted(to: map.dtype).expanded([count, 1] + kernel.shape),
                    stride: [stride, stride],
                    padding: [0, 0],
                    groups: count
                )
            }
            guard taps.count > 1 || stride > 1 else { return map }
            return map.filtered(by: taps, before: 0, stride: stride, size: size, spreads: false)
        }
    }
}

extension Tensor {
    /// Samples brought closer to each other, and the gaps filled by a filter: as `smoothed(by:)` spreads them.
    fileprivate func spread(
        by taps: [Double],
        before: Int,
        stride: Int,
        size: [Int]
    ) -> Tensor {
        guard device.kind != .cpu else {
            return smoothed(by: taps, before: before, stride: stride, size: size, spreads: true)
        }
        let line = Tensor(taps, shape: [taps.count, 1])
        let kernel = (line * line.transposed()).converted(to: dtype).moved(to: device)
        let all = transposeConvolved(
            with: kernel.expanded([self.size(1), 1, taps.count, taps.count]),
            stride: [stride, stride],
            padding: [0, 0],
            groups: self.size(1)
        )
        // Amounts below zero cut off.
        return all.padded([
            -before, before + size[1] - all.size(3), -before, before + size[0] - all.size(2),
        ])
    }
}
