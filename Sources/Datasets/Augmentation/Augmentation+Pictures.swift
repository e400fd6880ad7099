import Checks
import Foundation

extension Augmentation {
    /// One picture's samples, changed as drawn for (seed, epoch, position).
    ///
    /// Shape: `pixels` and the result are [height, width, channels].
    public func applied(
        to pixels: [UInt8],
        width: Int,
        height: Int,
        channels: Int,
        seed: UInt64,
        epoch: Int,
        position: Int
    ) -> [UInt8] {
        let warp = draw(
            seed: seed,
            epoch: epoch,
            position: position,
            width: width,
            height: height
        )
        return warped(pixels, warp, width, height, channels)
    }

    /// One picture's samples as numbers of any range, changed as drawn for (seed, epoch, position).
    ///
    /// Shape: `pixels` and the result are [height, width, channels].
    public func applied(
        to pixels: [Float],
        width: Int,
        height: Int,
        channels: Int,
        seed: UInt64,
        epoch: Int,
        position: Int
    ) -> [Float] {
        let warp = draw(
            seed: seed,
            epoch: epoch,
            position: position,
            width: width,
            height: height
        )
        return warped(pixels, warp, width, height, channels)
    }

    static func power(_ base: Float, _ exponent: Float) -> Float {
        Float(pow(Double(base), Double(exponent)))
    }

    private func warped<Sample: WarpSample>(
        _ pixels: [Sample],
        _ warp: Warp,
        _ width: Int,
        _ height: Int,
        _ channels: Int
    ) -> [Sample] {
        precondition(
            pixels.count == width * height * channels,
            "\(pixels.count) samples for \(width) x \(height) x \(channels)"
        )
        return [Sample](unsafeUninitializedCapacity: pixels.count) { target, filled in
            pixels.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = target.baseAddress else { return }
                PictureWarp(width: width, height: height, channels: channels)
                    .apply(warp, fill: fill, from: from, to: to)
            }
            filled = pixels.count
        }
    }
}
