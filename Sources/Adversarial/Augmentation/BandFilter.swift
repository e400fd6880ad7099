import Foundation
import Torch

/// Four bands of a picture's frequencies, an octave each and the rest, made stronger or weaker.
///
/// The bands' filters come from the wavelet with two vanishing moments (symlet 2): its low pass
/// and high pass, each convolved with its mirror image, add up to no change; the low band is split
/// again, three times. Pictures are mirrored at their borders. As matrices on rows and on columns,
/// filters that differ from picture to picture are two products, differentiable to any order.
///
/// Source: Karras et al., 2020, appendix B; Daubechies, "Orthonormal bases of compactly supported
/// wavelets", 1988, for the wavelet.
enum BandFilter {
    /// Bands, from the coarsest to the finest.
    static let count = 4

    /// The share of a natural picture's power in each band.
    static let power = [10.0 / 13, 1.0 / 13, 1.0 / 13, 1.0 / 13]

    /// Filters of the bands, each symmetric about its middle.
    private static let taps: [[Double]] = {
        let root = 3.0.squareRoot()
        let low = [1 + root, 3 + root, 3 - root, 1 - root].map { $0 / (4 * 2.0.squareRoot()) }
        let high = low.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : -$0.element }
        let (lowPower, highPower) = (power(of: low), power(of: high))
        var bands = [[1.0]]
        for _ in 1..<count {
            bands = bands.map { convolved(spread($0), lowPower) }
            var finest = [Double](repeating: 0, count: bands[0].count)
            let start = (finest.count - highPower.count) / 2
            for (index, tap) in highPower.enumerated() { finest[start + index] = tap }
            bands.append(finest)
        }
        return bands
    }()

    /// What the gains of a picture's bands are, power kept as it is for a natural picture.
    static func gains(_ draw: PipeDraw) -> [Double] {
        var gains = [Double](repeating: 1, count: count)
        for (band, step) in PipeStep.bands.enumerated() {
            guard let value = draw.values[step] else { continue }
            var change = [Double](repeating: 1, count: count)
            change[band] = exp2(value[0])
            let power = zip(power, change).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
            gains = zip(gains, change).map { $0 * $1 / power.squareRoot() }
        }
        return gains
    }

    /// The pictures with their bands so much stronger.
    ///
    /// Shape: N×C×H×W and N gains for each band → N×C×H×W.
    static func filtered(_ pictures: Tensor, _ gains: [[Double]]) -> Tensor {
        let (count, _, height, width) = pictures.shape4
        func matrices(_ size: Int) -> Tensor {
            let bank = Tensor(taps.flatMap { matrix($0, size) }, shape: [Self.count, size * size])
            return Tensor(gains.flatMap { $0 }, shape: [count, Self.count])
                .multiplied(by: bank).reshaped([count, 1, size, size])
                .converted(to: pictures.dtype).moved(to: pictures.device)
        }
        let rows = matrices(height).multiplied(by: pictures)
        return rows.multiplied(by: matrices(width).transposed())
    }

    /// The matrix of a filter on so many pixels, mirrored at both ends.
    private static func matrix(_ taps: [Double], _ size: Int) -> [Double] {
        var matrix = [Double](repeating: 0, count: size * size)
        let period = max(2 * (size - 1), 1)
        for pixel in 0..<size {
            for (index, tap) in taps.enumerated() {
                let place = pixel + index - taps.count / 2
                let turned = ((place % period) + period) % period
                matrix[pixel * size + min(turned, period - turned)] += tap
            }
        }
        return matrix
    }

    private static func power(of taps: [Double]) -> [Double] {
        convolved(taps, Array(taps.reversed())).map { $0 / 2 }
    }

    private static func spread(_ taps: [Double]) -> [Double] {
        Array(taps.flatMap { [$0, 0] }.dropLast())
    }

    private static func convolved(_ first: [Double], _ second: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: first.count + second.count - 1)
        for (i, a) in first.enumerated() {
            for (j, b) in second.enumerated() { result[i + j] += a * b }
        }
        return result
    }
}
