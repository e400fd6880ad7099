import Checks

extension Picture {
    /// In what order the numbers of a picture are stored.
    public enum Layout: Sendable {
        /// Pixel after pixel: H×W×C.
        case interleaved
        /// Channel after channel: C×H×W.
        case planar
    }

    /// Makes a picture of numbers in [-1, 1], of eight bits unless it is to have sixteen.
    ///
    /// - Precondition: width · height · channels numbers.
    public init(
        width: Int,
        height: Int,
        channels: Int,
        values: [Float],
        layout: Layout,
        depth: SampleDepth = .eight
    ) {
        precondition(
            values.count == width * height * channels,
            "\(width)×\(height)×\(channels) needs \(width * height * channels) numbers, found \(values.count)"
        )
        if depth == .sixteen {
            self.init(
                width: width,
                height: height,
                channels: channels,
                sixteenBitSamples: Picture.interleaved(
                    values.map { Picture.sample($0, UInt16.self) },
                    channels: layout == .planar ? channels : 1
                )
            )
            return
        }
        let bytes = Picture.bytes(from: values)
        guard layout == .planar, channels > 1 else {
            self.init(width: width, height: height, channels: channels, samples: bytes)
            return
        }
        self.init(
            width: width,
            height: height,
            channels: channels,
            samples: Picture.interleaved(bytes, channels: channels)
        )
    }

    /// Samples pixel after pixel that lie channel after channel.
    private static func interleaved<Sample>(_ planes: [Sample], channels: Int) -> [Sample] {
        guard channels > 1 else { return planes }
        let area = planes.count / channels
        return [Sample](unsafeUninitializedCapacity: planes.count) { buffer, filled in
            for channel in 0..<channels {
                for index in 0..<area {
                    buffer[index * channels + channel] = planes[channel * area + index]
                }
            }
            filled = planes.count
        }
    }

    /// A number in [-1, 1] as a sample, rounded half to even and kept within what samples can be.
    private static func sample<Sample: FixedWidthInteger>(
        _ value: Float,
        _ kind: Sample.Type
    ) -> Sample {
        let most = Float(Sample.max)
        let scaled = ((value + 1) * (most / 2)).rounded(.toNearestOrEven)
        return scaled.isNaN ? 0 : Sample(min(max(scaled, 0), most))
    }

    /// Makes pictures of one size of numbers in [-1, 1], picture after picture, of eight bits unless they are
    /// to have sixteen.
    ///
    /// With transparency the numbers' colours are premultiplied, as networks draw them; the
    /// pictures' are straight, as files have them.
    ///
    /// - Precondition: count · width · height · channels numbers.
    public static func batch(
        count: Int,
        width: Int,
        height: Int,
        channels: Int,
        values: [Float],
        layout: Layout,
        depth: SampleDepth = .eight
    ) -> [Picture] {
        let size = width * height * channels
        precondition(
            values.count == count * size,
            "\(count) pictures of \(size) samples need \(count * size) numbers, found \(values.count)"
        )
        return (0..<count).map { index in
            Picture(
                width: width,
                height: height,
                channels: channels,
                values: straight(
                    Array(values[index * size..<(index + 1) * size]),
                    channels: channels,
                    layout: layout
                ),
                layout: layout,
                depth: depth
            )
        }
    }

    /// Premultiplied colours divided by how much of each pixel is there; where nothing is, black.
    private static func straight(_ values: [Float], channels: Int, layout: Layout) -> [Float] {
        guard channels == 2 || channels == 4 else { return values }
        let area = values.count / channels
        var result = values
        func place(_ pixel: Int, _ channel: Int) -> Int {
            layout == .planar ? channel * area + pixel : pixel * channels + channel
        }
        for pixel in 0..<area {
            let cover = (min(max(values[place(pixel, channels - 1)], -1), 1) + 1) / 2
            for channel in 0..<channels - 1 {
                let light = (values[place(pixel, channel)] + 1) / 2
                // Half a step of eight bits: what is less cannot be told from nothing.
                result[place(pixel, channel)] = cover < 0.5 / 255 ? -1 : light / cover * 2 - 1
            }
        }
        return result
    }

    /// Numbers in [-1, 1] as bytes: (x + 1) · 127.5, rounded half to even, kept within 0 and 255.
    ///
    /// What is not a number becomes 0.
    public static func bytes(from values: [Float]) -> [UInt8] {
        values.map { sample($0, UInt8.self) }
    }

    /// The samples as numbers in [-1, 1].
    public func values(layout: Layout) -> [Float] {
        let scale = 2 / Float(depth.maximum)
        let flat =
            depth == .eight
            ? samples.map { Float($0) * scale - 1 }
            : sixteenBitSamples.map { Float($0) * scale - 1 }
        guard layout == .planar, channels > 1 else { return flat }
        let area = width * height
        return [Float](unsafeUninitializedCapacity: flat.count) { buffer, filled in
            for channel in 0..<channels {
                for index in 0..<area {
                    buffer[channel * area + index] = flat[index * channels + channel]
                }
            }
            filled = flat.count
        }
    }
}
