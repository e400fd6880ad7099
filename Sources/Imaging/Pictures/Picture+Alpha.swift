import Checks

extension Picture {
    /// Whether any pixel is not opaque.
    public var isTransparent: Bool {
        guard hasAlpha else { return false }
        let shown = converted(depth: .eight)
        return stride(from: channels - 1, to: shown.samples.count, by: channels)
            .contains { shown.samples[$0] < 255 }
    }

    /// The picture with the transparency of another one.
    ///
    /// - Precondition: the other has alpha, and both have the same sides.
    public func transparent(as other: Picture) -> Picture {
        precondition(
            other.hasAlpha && other.width == width && other.height == height,
            "\(width)×\(height) with the alpha of \(other.width)×\(other.height)×\(other.channels)"
        )
        let shown = hasAlpha ? self : converted(channels: channels + 1)
        let alpha = other.converted(depth: depth)
        var samples = shown.samples
        let size = depth.bytes
        for pixel in 0..<width * height {
            let to = ((pixel + 1) * shown.channels - 1) * size
            let from = ((pixel + 1) * alpha.channels - 1) * size
            samples.replaceSubrange(to..<to + size, with: alpha.samples[from..<from + size])
        }
        return Picture(
            width: width,
            height: height,
            channels: shown.channels,
            depth: depth,
            samples: samples
        )
    }
}
