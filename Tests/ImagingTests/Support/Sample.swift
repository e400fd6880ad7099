import Foundation
import Imaging

/// Pictures to test with.
enum Sample {
    /// Every sample differs from its neighbours.
    static func noise(
        width: Int = 19,
        height: Int = 13,
        channels: Int = 3,
        depth: SampleDepth = .eight
    ) -> Picture {
        var state: UInt32 = 12_345
        let bytes = (0..<width * height * channels * depth.bytes).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        return Picture(
            width: width,
            height: height,
            channels: channels,
            depth: depth,
            samples: bytes
        )
    }

    /// Smooth enough for lossy formats.
    static func gradient(width: Int = 64, height: Int = 48, channels: Int = 3) -> Picture {
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                let values = [x * 255 / width, y * 255 / height, 128, 255]
                samples += values.prefix(channels).map { UInt8($0) }
            }
        }
        return Picture(width: width, height: height, channels: channels, samples: samples)
    }

    /// The mean of the absolute differences of two pictures of one shape.
    static func difference(_ a: Picture, _ b: Picture) -> Double {
        guard a.samples.count == b.samples.count else { return .infinity }
        let sum = zip(a.samples, b.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(a.samples.count)
    }

    /// A JPEG with an EXIF segment that says how it is turned.
    static func jpeg(_ picture: Picture, orientation: UInt8) throws -> Data {
        let data = try picture.encoded(as: .jpeg(quality: 95))
        let tiff: [UInt8] =
            [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1]
            + [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0] + [0, 0, 0, 0]
        let content = Array("Exif".utf8) + [0, 0] + tiff
        let segment: [UInt8] = [0xFF, 0xE1, 0, UInt8(content.count + 2)] + content
        return data.prefix(2) + segment + data.dropFirst(2)
    }

    static func folder() throws -> URL {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("imaging-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// What a call throws.
    static func error(_ body: () throws -> some Any) -> ImagingError? {
        do {
            _ = try body()
            return nil
        } catch {
            return error as? ImagingError
        }
    }
}
