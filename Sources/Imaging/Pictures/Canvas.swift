import Checks
import Settings

/// Samples under construction, on which pictures are placed.
struct Canvas {
    let width: Int
    let height: Int
    let channels: Int
    let depth: SampleDepth
    private var samples: [UInt8]

    init(width: Int, height: Int, channels: Int, depth: SampleDepth, background: PictureColor) {
        self.width = width
        self.height = height
        self.channels = channels
        self.depth = depth
        samples =
            Picture(
                width: width,
                height: height,
                channels: channels,
                depth: depth,
                filledWith: background
            ).samples
    }

    /// What has been placed so far.
    var picture: Picture {
        Picture(width: width, height: height, channels: channels, depth: depth, samples: samples)
    }

    /// Replaces the pixels under a picture of the same channels and depth by the picture's own.
    mutating func place(_ picture: Picture, x: Int, y: Int) {
        precondition(
            picture.channels == channels && picture.depth == depth && x >= 0 && y >= 0
                && x + picture.width <= width && y + picture.height <= height,
            "\(picture.width)×\(picture.height) at (\(x), \(y)) does not fit \(width)×\(height)"
        )
        for row in 0..<picture.height {
            let target = ((y + row) * width + x) * picture.bytesPerPixel
            let source = row * picture.bytesPerRow
            samples.replaceSubrange(
                target..<target + picture.bytesPerRow,
                with: picture.samples[source..<source + picture.bytesPerRow]
            )
        }
    }
}
