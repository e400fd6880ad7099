import Checks
import Settings

extension Picture {
    /// The part that starts at (x, y).
    ///
    /// - Precondition: the part lies inside the picture.
    public func cropped(x: Int, y: Int, width partWidth: Int, height partHeight: Int) -> Picture {
        precondition(
            x >= 0 && y >= 0 && partWidth > 0 && partHeight > 0 && x + partWidth <= width
                && y + partHeight <= height,
            "\(partWidth)×\(partHeight) at (\(x), \(y)) is not inside \(width)×\(height)"
        )
        guard partWidth != width || partHeight != height else { return self }
        var result: [UInt8] = []
        result.reserveCapacity(partWidth * partHeight * bytesPerPixel)
        for row in y..<y + partHeight {
            let start = row * bytesPerRow + x * bytesPerPixel
            result.append(contentsOf: samples[start..<start + partWidth * bytesPerPixel])
        }
        return Picture(
            width: partWidth,
            height: partHeight,
            channels: channels,
            depth: depth,
            samples: result
        )
    }

    /// The largest square in the middle.
    public func croppedToSquare() -> Picture {
        let side = min(width, height)
        return cropped(
            x: (width - side) / 2,
            y: (height - side) / 2,
            width: side,
            height: side
        )
    }

    /// Left and right exchanged.
    public func flippedHorizontally() -> Picture {
        rearranged(width: width, height: height) { x, y in (width - 1 - x, y) }
    }

    /// Top and bottom exchanged.
    public func flippedVertically() -> Picture {
        rearranged(width: width, height: height) { x, y in (x, height - 1 - y) }
    }

    /// Moved to the right and down, what leaves at one edge coming in at the other.
    public func rolled(right: Int, down: Int) -> Picture {
        func wrapped(_ place: Int, _ length: Int) -> Int {
            ((place % length) + length) % length
        }
        return rearranged(width: width, height: height) { x, y in
            (wrapped(x - right, width), wrapped(y - down, height))
        }
    }

    /// The picture with so many columns of its other end before and after it.
    ///
    /// - Precondition: no more columns than it has.
    public func wrapped(_ rim: Int) -> Picture {
        precondition((0...width).contains(rim), "a rim of \(rim) columns around \(width)")
        guard rim > 0 else { return self }
        return rearranged(width: width + 2 * rim, height: height) { x, y in
            ((x - rim + width) % width, y)
        }
    }

    /// Turned clockwise by so many quarters of a turn; negative numbers turn the other way.
    public func rotated(quarterTurns: Int) -> Picture {
        switch ((quarterTurns % 4) + 4) % 4 {
        case 1: rearranged(width: height, height: width) { x, y in (y, height - 1 - x) }
        case 2: rearranged(width: width, height: height) { x, y in (width - 1 - x, height - 1 - y) }
        case 3: rearranged(width: height, height: width) { x, y in (width - 1 - y, x) }
        default: self
        }
    }

    /// The picture in the middle of a larger canvas.
    ///
    /// - Precondition: the canvas is at least as large.
    public func centered(
        width canvasWidth: Int,
        height canvasHeight: Int,
        background: PictureColor
    ) -> Picture {
        guard canvasWidth != width || canvasHeight != height else { return self }
        var canvas = Canvas(
            width: canvasWidth,
            height: canvasHeight,
            channels: channels,
            depth: depth,
            background: background
        )
        canvas.place(self, x: (canvasWidth - width) / 2, y: (canvasHeight - height) / 2)
        return canvas.picture
    }

    /// A picture whose pixel (x, y) is the one of this picture at `source(x, y)`.
    func rearranged(
        width newWidth: Int,
        height newHeight: Int,
        source: (Int, Int) -> (Int, Int)
    ) -> Picture {
        let size = bytesPerPixel
        let count = newWidth * newHeight * size
        let result = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var at = 0
            for y in 0..<newHeight {
                for x in 0..<newWidth {
                    let (fromX, fromY) = source(x, y)
                    let from = (fromY * width + fromX) * size
                    for offset in 0..<size {
                        buffer[at + offset] = samples[from + offset]
                    }
                    at += size
                }
            }
            filled = at
        }
        return Picture(
            width: newWidth,
            height: newHeight,
            channels: channels,
            depth: depth,
            samples: result
        )
    }
}

extension Picture {
    /// The picture with another one laid on it, whose upper left corner is at (x, y).
    ///
    /// - Precondition: both have the same channels and depth, and the other lies inside.
    public func covered(by other: Picture, x: Int, y: Int) -> Picture {
        var canvas = Canvas(
            width: width,
            height: height,
            channels: channels,
            depth: depth,
            background: .clear
        )
        canvas.place(self, x: 0, y: 0)
        canvas.place(other, x: x, y: y)
        return canvas.picture
    }
}
