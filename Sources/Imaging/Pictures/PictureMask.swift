import Checks
import Foundation

/// Which pixels of a picture are to be drawn anew.
public struct PictureMask: Sendable, Equatable {
    /// One channel: 255 where pixels are drawn anew, 0 where they stay.
    public let picture: Picture

    /// A mask from a picture: clear pixels are drawn anew where it has any, else white ones.
    ///
    /// Source: OpenAI's image interface, whose masks are clear where a picture is to be edited.
    public init(_ picture: Picture) {
        let shown = picture.converted(depth: .eight)
        let count = shown.width * shown.height
        let last = shown.channels - 1
        let alphas = stride(from: last, to: shown.samples.count, by: shown.channels)
        let isClear = shown.hasAlpha && alphas.contains { shown.samples[$0] < 128 }
        let grey = isClear ? shown : shown.converted(channels: 1)
        let channels = isClear ? shown.channels : 1
        self.init(width: shown.width, height: shown.height) { index in
            let sample = grey.samples[index * channels + (isClear ? last : 0)]
            return isClear ? sample < 128 : sample > 127
        }
        precondition(self.picture.samples.count == count, "a mask of \(count) pixels")
    }

    /// A mask of one rectangle.
    public init(width: Int, height: Int, hiding columns: Range<Int>, _ rows: Range<Int>) {
        self.init(width: width, height: height) { index in
            columns.contains(index % width) && rows.contains(index / width)
        }
    }

    /// A mask that hides pixels by their number.
    public init(width: Int, height: Int, hides: (Int) -> Bool) {
        picture = Picture(
            width: width,
            height: height,
            channels: 1,
            samples: (0..<width * height).map { hides($0) ? 255 : 0 }
        )
    }

    /// How much it hides and where, for records: the share of the pixels, and the rectangle around them.
    public var numbers: [String: Double] {
        guard let bounds else { return ["hidden": 0] }
        let hidden = picture.samples.count { $0 > 127 }
        return [
            "hidden": Double(hidden) / Double(picture.samples.count),
            "left": Double(bounds.columns.lowerBound), "top": Double(bounds.rows.lowerBound),
            "width": Double(bounds.columns.count), "height": Double(bounds.rows.count),
        ]
    }

    /// Columns and rows between which everything hidden lies; nothing for a mask that hides nothing.
    public var bounds: (columns: Range<Int>, rows: Range<Int>)? {
        var (left, right, top, bottom) = (Int.max, -1, Int.max, -1)
        for y in 0..<picture.height {
            for x in 0..<picture.width where picture.samples[y * picture.width + x] > 127 {
                (left, right) = (min(left, x), max(right, x))
                (top, bottom) = (min(top, y), max(bottom, y))
            }
        }
        return right < 0 ? nil : (left..<right + 1, top..<bottom + 1)
    }
}

extension Picture {
    /// The picture with what a mask hides replaced by another picture's pixels.
    ///
    /// - Parameters:
    ///   - other: Lies over the picture.
    ///   - place: Where its upper left corner is.
    ///   - mask: Of the picture's size; hidden pixels that the other picture does not cover stay.
    /// - Returns: A picture of the same size, channels and depth.
    public func filled(
        with other: Picture,
        at place: (x: Int, y: Int),
        where mask: PictureMask
    )
        -> Picture
    {
        precondition(
            mask.picture.width == width && mask.picture.height == height,
            "a mask of \(mask.picture.width)×\(mask.picture.height) for \(width)×\(height)"
        )
        // What is clear in it becomes white where there is no transparency.
        let shown = hasAlpha ? other : other.flattened()
        let other = shown.converted(channels: channels).converted(depth: depth)
        var samples = samples
        let size = bytesPerPixel
        for y in 0..<other.height where (0..<height).contains(y + place.y) {
            for x in 0..<other.width where (0..<width).contains(x + place.x) {
                let pixel = (y + place.y) * width + x + place.x
                guard mask.picture.samples[pixel] > 127 else { continue }
                let from = (y * other.width + x) * size
                samples.replaceSubrange(
                    pixel * size..<(pixel + 1) * size,
                    with: other.samples[from..<from + size]
                )
            }
        }
        return Picture(
            width: width,
            height: height,
            channels: channels,
            depth: depth,
            samples: samples
        )
    }
}
