import Checks

/// Carries a warp out on pictures of one size, with bilinear sampling.
///
/// Colours of pictures with transparency are weighed by it, so that what cannot be seen does not
/// bleed into what can.
package struct PictureWarp {
    let width: Int
    let height: Int
    let channels: Int

    /// Pictures of this size.
    package init(width: Int, height: Int, channels: Int) {
        self.width = width
        self.height = height
        self.channels = channels
    }

    /// Samples a picture.
    ///
    /// Shape: [height, width, channels], both buffers.
    package func apply<Sample: WarpSample>(
        _ warp: Warp,
        fill: Augmentation.Fill,
        from source: UnsafePointer<Sample>,
        to target: UnsafeMutablePointer<Sample>
    ) {
        if warp.isIdentity {
            target.update(from: source, count: width * height * channels)
            return
        }
        let background = backgroundValues(fill)
        let centreX = Float(width - 1) / 2
        let centreY = Float(height - 1) / 2
        let matrix = warp.matrix
        background.withUnsafeBufferPointer { background in
            for row in 0..<height {
                let down = Float(row - warp.shift.y) - centreY
                for column in 0..<width {
                    let right = Float(column - warp.shift.x) - centreX
                    let x = matrix.xx * right + matrix.xy * down + warp.offset.x + centreX
                    let y = matrix.yx * right + matrix.yy * down + warp.offset.y + centreY
                    let place = target + (row * width + column) * channels
                    sample(
                        source,
                        x,
                        y,
                        background.isEmpty ? nil : background.baseAddress,
                        into: place
                    )
                }
            }
        }
    }

    @inline(__always)
    private func sample<Sample: WarpSample>(
        _ source: UnsafePointer<Sample>,
        _ x: Float,
        _ y: Float,
        _ background: UnsafePointer<Float>?,
        into target: UnsafeMutablePointer<Sample>
    ) {
        // Far outside nothing changes any more, and the conversion to Int stays safe.
        let limitedX = min(max(x, background == nil ? 0 : -2), Float(width) + 1)
        let limitedY = min(max(y, background == nil ? 0 : -2), Float(height) + 1)
        let left = limitedX.rounded(.down)
        let top = limitedY.rounded(.down)
        let weightX = limitedX - left
        let weightY = limitedY - top
        let first = tap(Int(left), Int(top), background == nil)
        let second = tap(Int(left) + 1, Int(top), background == nil)
        let third = tap(Int(left), Int(top) + 1, background == nil)
        let fourth = tap(Int(left) + 1, Int(top) + 1, background == nil)
        var weights = (
            (1 - weightX) * (1 - weightY), weightX * (1 - weightY),
            (1 - weightX) * weightY, weightX * weightY
        )
        var colours = channels
        if channels == 2 || channels == 4 {
            colours -= 1
            let alphas = (
                value(source, first, colours, background),
                value(source, second, colours, background),
                value(source, third, colours, background),
                value(source, fourth, colours, background)
            )
            weights = (
                weights.0 * alphas.0, weights.1 * alphas.1, weights.2 * alphas.2,
                weights.3 * alphas.3
            )
            let alpha = weights.0 + weights.1 + weights.2 + weights.3
            target[colours] = Sample(rounding: alpha)
            let inverse = alpha > 0 ? 1 / alpha : 0
            weights = (
                weights.0 * inverse, weights.1 * inverse, weights.2 * inverse, weights.3 * inverse
            )
        }
        for channel in 0..<colours {
            target[channel] = Sample(
                rounding: weights.0 * value(source, first, channel, background)
                    + weights.1 * value(source, second, channel, background)
                    + weights.2 * value(source, third, channel, background)
                    + weights.3 * value(source, fourth, channel, background)
            )
        }
    }

    /// Where a pixel's samples start; −1 outside the picture, unless the border is continued.
    @inline(__always)
    private func tap(_ column: Int, _ row: Int, _ continued: Bool) -> Int {
        if continued {
            return (min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1))
                * channels
        }
        guard column >= 0, column < width, row >= 0, row < height else { return -1 }
        return (row * width + column) * channels
    }

    @inline(__always)
    private func value<Sample: WarpSample>(
        _ source: UnsafePointer<Sample>,
        _ tap: Int,
        _ channel: Int,
        _ background: UnsafePointer<Float>?
    ) -> Float {
        if tap < 0, let background { return background[channel] }
        return source[tap + channel].number
    }

    private func backgroundValues(_ fill: Augmentation.Fill) -> [Float] {
        guard case .background(let values) = fill else { return [] }
        precondition(
            values.count == 1 || values.count == channels,
            "\(values.count) background values for \(channels) channels"
        )
        return values.count == channels
            ? values : [Float](repeating: values[0], count: channels)
    }
}
