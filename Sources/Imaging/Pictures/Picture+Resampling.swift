import CVips
import Checks
import Settings

extension Picture {
    /// The picture at another size.
    ///
    /// Colour is weighted by alpha while it is averaged, so that the colour of clear pixels does
    /// not bleed. Making smaller averages over the whole area (no aliasing).
    ///
    /// - Precondition: sides of at least 1.
    ///
    /// - Parameters:
    ///   - newWidth: The new width.
    ///   - newHeight: The new height.
    ///   - fit: What happens where the proportions differ.
    ///   - kernel: How samples are interpolated.
    ///   - background: What fills the rest for `PictureFit/contain`.
    /// - Returns: A picture of exactly that size.
    public func resized(
        width newWidth: Int,
        height newHeight: Int,
        fit: PictureFit = .stretch,
        kernel: ResamplingKernel = .lanczos,
        background: PictureColor = .clear
    ) -> Picture {
        precondition(
            newWidth > 0 && newHeight > 0,
            "a size of \(newWidth)×\(newHeight): at least 1×1"
        )
        let horizontal = Double(newWidth) / Double(width)
        let vertical = Double(newHeight) / Double(height)
        func side(_ length: Int, _ scale: Double) -> Int {
            max(1, Int((Double(length) * scale).rounded()))
        }
        switch fit {
        case .stretch:
            return scaled(width: newWidth, height: newHeight, kernel: kernel)
        case .contain:
            let scale = min(horizontal, vertical)
            return scaled(
                width: min(newWidth, side(width, scale)),
                height: min(newHeight, side(height, scale)),
                kernel: kernel
            ).centered(width: newWidth, height: newHeight, background: background)
        case .cover:
            let scale = max(horizontal, vertical)
            let wide = max(newWidth, side(width, scale))
            let high = max(newHeight, side(height, scale))
            // All of a long strip would be far too large: only its middle is enlarged.
            guard wide * high <= Self.mostPixelsAtWork else {
                return middle(
                    width: Int((Double(newWidth) / scale).rounded(.up)),
                    height: Int((Double(newHeight) / scale).rounded(.up))
                ).scaled(width: newWidth, height: newHeight, kernel: kernel)
            }
            let large = scaled(width: wide, height: high, kernel: kernel)
            return large.cropped(
                x: (large.width - newWidth) / 2,
                y: (large.height - newHeight) / 2,
                width: newWidth,
                height: newHeight
            )
        }
    }

    /// The middle, of those sides or of its own where they are shorter.
    private func middle(width wanted: Int, height wantedHeight: Int) -> Picture {
        let (across, down) = (min(max(wanted, 1), width), min(max(wantedHeight, 1), height))
        return cropped(
            x: (width - across) / 2,
            y: (height - down) / 2,
            width: across,
            height: down
        )
    }

    private func scaled(
        width newWidth: Int,
        height newHeight: Int,
        kernel: ResamplingKernel
    ) -> Picture {
        guard newWidth != width || newHeight != height else { return self }
        guard let code = kernel.code else {
            return rearranged(width: newWidth, height: newHeight) { x, y in
                ((2 * x + 1) * width / (2 * newWidth), (2 * y + 1) * height / (2 * newHeight))
            }
        }
        do {
            return try withVipsPixels { pixels in
                try VipsCall.picture { target, message in
                    var pixels = pixels
                    return cvips_resize(
                        &pixels,
                        Int32(newWidth),
                        Int32(newHeight),
                        code,
                        target,
                        message
                    )
                }
            }
        } catch {
            // Sides, channels and depth are right by construction: only memory can be missing.
            preconditionFailure(
                "\(width)×\(height)×\(channels) does not resize to \(newWidth)×\(newHeight): \(error)"
            )
        }
    }
}
