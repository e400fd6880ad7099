import Settings

extension PageLayout {
    /// The page with a picture on it.
    ///
    /// A picture without transparency fills its part of the page, the bleed included, and loses what sticks out. One with
    /// transparency is shown whole, apart from the edge. Words are as large as their part allows, black or white,
    /// whichever stands out.
    ///
    /// - Parameter picture: Of any size.
    /// - Returns: Width and height with the bleed on both sides, in colour.
    /// - Throws: `ImagingError/notDrawn(text:font:reason:)` where no font can draw the words.
    public func page(with picture: Picture) throws -> Picture {
        let areas = areas
        var page = Picture(
            width: width + 2 * bleed,
            height: height + 2 * bleed,
            channels: 3,
            filledWith: background
        )
        let source = picture.converted(depth: .eight)
        if picture.isTransparent {
            let room = areas.picture.inset(bleed + margin)
            let shown = source.converted(channels: 4).resized(
                width: room.width,
                height: room.height,
                fit: .contain
            )
            page = page.laid(shown, x: room.x, y: room.y)
        } else {
            let shown = source.flattened(background: background).converted(channels: 3).resized(
                width: areas.picture.width,
                height: areas.picture.height,
                fit: .cover
            )
            page = page.laid(shown.converted(channels: 4), x: areas.picture.x, y: areas.picture.y)
        }
        guard !text.isEmpty else { return page }
        let words = try PageWords.fitted(
            text,
            width: areas.text.width,
            height: areas.text.height
        )
        let top = areas.text.y + (areas.text.height - words.height) / 2
        let isDark =
            page.brightness(
                x: areas.text.x,
                y: top,
                width: words.width,
                height: words.height
            ) < 140
        return page.laid(
            words.coloured(isDark ? .white : .black),
            x: areas.text.x,
            y: top
        )
    }
}

extension Picture {
    /// The picture with another, in colour and with transparency, laid on it.
    fileprivate func laid(_ other: Picture, x: Int, y: Int) -> Picture {
        var samples = samples
        for row in 0..<min(other.height, height - y) {
            for column in 0..<min(other.width, width - x) {
                let from = (row * other.width + column) * 4
                let to = ((y + row) * width + x + column) * channels
                let alpha = Int(other.samples[from + 3])
                for channel in 0..<3 {
                    let mixed =
                        Int(other.samples[from + channel]) * alpha
                        + Int(samples[to + channel]) * (255 - alpha)
                    samples[to + channel] = UInt8((mixed + 127) / 255)
                }
            }
        }
        return Picture(width: width, height: height, channels: channels, samples: samples)
    }

    /// The mean brightness of a part, 0 to 255.
    fileprivate func brightness(x: Int, y: Int, width across: Int, height down: Int) -> Double {
        let part = cropped(
            x: x,
            y: y,
            width: min(across, width - x),
            height: min(down, height - y)
        ).converted(channels: 1)
        return part.samples.reduce(0.0) { $0 + Double($1) } / Double(part.samples.count)
    }

    /// The same shapes in one colour.
    fileprivate func coloured(_ color: PictureColor) -> Picture {
        var samples = samples
        for pixel in stride(from: 0, to: samples.count, by: 4) {
            samples[pixel] = color.red
            samples[pixel + 1] = color.green
            samples[pixel + 2] = color.blue
        }
        return Picture(width: width, height: height, channels: 4, samples: samples)
    }
}
