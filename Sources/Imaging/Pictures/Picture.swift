import Checks
import Settings

/// A picture in memory: interleaved samples, row after row, top to bottom.
///
/// One channel is grey, two grey and alpha, three RGB, four RGBA; colour is sRGB and alpha is
/// straight (not premultiplied).
public struct Picture: Sendable, Equatable {
    /// How many pixels a row has.
    public let width: Int
    /// How many rows there are.
    public let height: Int
    /// How many samples a pixel has, 1 to 4.
    public let channels: Int
    /// How many bits a sample has.
    public let depth: SampleDepth
    /// The samples; at sixteen bits, pairs of bytes in the processor's order.
    public let samples: [UInt8]

    /// Pixels that a sheet of pictures, or a picture before its rims are cut off, has at most.
    public static let mostPixelsAtWork = 1 << 27

    /// Makes a picture of samples.
    ///
    /// - Precondition: sides of at least 1, 1 to 4 channels, exactly as many samples as that needs.
    public init(
        width: Int,
        height: Int,
        channels: Int,
        depth: SampleDepth = .eight,
        samples: [UInt8]
    ) {
        precondition(
            width > 0 && height > 0 && (1...4).contains(channels),
            "Picture of \(width)×\(height) with \(channels) channels: sides at least 1, channels 1–4"
        )
        precondition(
            samples.count == width * height * channels * depth.bytes,
            """
            Picture of \(width)×\(height)×\(channels) at \(depth.rawValue) bits needs \
            \(width * height * channels * depth.bytes) bytes, found \(samples.count)
            """
        )
        self.width = width
        self.height = height
        self.channels = channels
        self.depth = depth
        self.samples = samples
    }

    /// Makes a picture of sixteen-bit samples.
    ///
    /// - Precondition: as for the bytes.
    public init(width: Int, height: Int, channels: Int, sixteenBitSamples: [UInt16]) {
        let bytes = sixteenBitSamples.withUnsafeBytes { Array($0) }
        self.init(
            width: width,
            height: height,
            channels: channels,
            depth: .sixteen,
            samples: bytes
        )
    }

    /// Makes a picture of one colour.
    public init(
        width: Int,
        height: Int,
        channels: Int,
        depth: SampleDepth = .eight,
        filledWith color: PictureColor
    ) {
        let pixel = color.bytes(channels: channels, depth: depth)
        let count = width * height
        let samples = [UInt8](unsafeUninitializedCapacity: count * pixel.count) { buffer, filled in
            for start in stride(from: 0, to: count * pixel.count, by: pixel.count) {
                for offset in 0..<pixel.count {
                    buffer[start + offset] = pixel[offset]
                }
            }
            filled = count * pixel.count
        }
        self.init(width: width, height: height, channels: channels, depth: depth, samples: samples)
    }

    /// Whether the last channel is alpha.
    public var hasAlpha: Bool { channels == 2 || channels == 4 }

    /// Whether it has red, green and blue.
    public var hasColor: Bool { channels >= 3 }

    /// How many bytes a pixel takes.
    public var bytesPerPixel: Int { channels * depth.bytes }

    /// How many bytes a row takes.
    public var bytesPerRow: Int { width * bytesPerPixel }

    /// One sample, 0 to 255 or 0 to 65,535.
    ///
    /// - Precondition: inside the picture.
    public subscript(x: Int, y: Int, channel: Int) -> Int {
        precondition(
            (0..<width).contains(x) && (0..<height).contains(y)
                && (0..<channels).contains(channel),
            "(\(x), \(y), \(channel)) is outside \(width)×\(height)×\(channels)"
        )
        let index = (y * width + x) * channels + channel
        guard depth == .sixteen else { return Int(samples[index]) }
        return samples.withUnsafeBytes {
            Int($0.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        }
    }

    /// The samples as sixteen-bit numbers; those of an eight-bit picture times 257.
    public var sixteenBitSamples: [UInt16] {
        guard depth == .sixteen else { return samples.map { UInt16($0) * 257 } }
        return samples.withUnsafeBytes { bytes in
            (0..<samples.count / 2).map {
                bytes.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)
            }
        }
    }
}
