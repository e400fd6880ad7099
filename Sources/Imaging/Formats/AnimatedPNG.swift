import Checks
import Foundation

/// Pictures one after the other in one PNG file, which every browser plays.
///
/// Source: PNG specification, third edition, chapter 11.3.4: acTL, then an fcTL before each frame, whose
/// data is IDAT for the first and fdAT for the others.
public struct AnimatedPNG: Sendable {
    /// The frames, all of one size.
    public let frames: [Picture]
    /// How long each is shown.
    public let milliseconds: Int

    /// A film.
    ///
    /// - Precondition: at least one frame, all of one size, channels and depth, shown for 1 to 65,535
    ///   thousandths of a second.
    public init(_ frames: [Picture], milliseconds: Int) {
        precondition(!frames.isEmpty, "a film without frames")
        precondition(
            frames.allSatisfy {
                $0.width == frames[0].width && $0.height == frames[0].height
                    && $0.channels == frames[0].channels && $0.depth == frames[0].depth
            },
            "frames of a film that differ in size, channels or depth"
        )
        precondition((1...65_535).contains(milliseconds), "frames of \(milliseconds) ms")
        (self.frames, self.milliseconds) = (frames, milliseconds)
    }

    /// The bytes of the file, which plays without an end.
    ///
    /// - Throws: `ImagingError`.
    public func encoded(metadata: PictureMetadata? = nil) throws -> Data {
        let files = try frames.map { frame in
            try PNGFile(frame.encoded(as: .png), name: "frame", limits: .standard)
        }
        let first = files[0]
        var result = Data(PNGFile.signature)
        for chunk in first.chunks where chunk.type == "IHDR" {
            result.append(first.data[chunk.whole])
        }
        result.append(PNGChunk.encoded("acTL", Self.numbers(UInt32(frames.count), 0)))
        var sequence: UInt32 = 0
        for (index, file) in files.enumerated() {
            var control = Self.numbers(
                sequence,
                UInt32(frames[0].width),
                UInt32(frames[0].height),
                0,
                0
            )
            control.append(contentsOf: [UInt8(milliseconds >> 8), UInt8(milliseconds & 255)])
            // Thousandths of a second; the frame stays until the next replaces it.
            control.append(contentsOf: [0x03, 0xE8, 0, 0])
            result.append(PNGChunk.encoded("fcTL", control))
            sequence += 1
            for chunk in file.chunks where chunk.type == "IDAT" {
                guard index > 0 else {
                    result.append(file.data[chunk.whole])
                    continue
                }
                result.append(
                    PNGChunk.encoded("fdAT", Self.numbers(sequence) + file.data[chunk.content])
                )
                sequence += 1
            }
        }
        result.append(PNGChunk.encoded("IEND", Data()))
        guard let metadata else { return result }
        return try metadata.inserted(intoPNG: result)
    }

    private static func numbers(_ numbers: UInt32...) -> Data {
        numbers.reduce(into: Data()) { data, number in
            data.append(contentsOf: withUnsafeBytes(of: number.bigEndian) { Array($0) })
        }
    }
}
