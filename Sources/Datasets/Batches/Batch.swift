import Imaging

/// A batch of pictures as plain values, ready to become a tensor.
public struct Batch: Sendable, Equatable {
    /// The order of the samples in `pixels`.
    public enum Layout: String, Codable, Sendable, CaseIterable {
        /// Picture, row, column, channel: as decoded.
        case channelsLast
        /// Picture, channel, row, column: as convolutions in libtorch have it by default.
        case channelsFirst
    }

    /// The samples; those of sixteen bits are pairs of bytes in the processor's order.
    ///
    /// Shape: [count, height, width, channels] or [count, channels, height, width].
    public let pixels: [UInt8]

    /// How many bits a sample has.
    public let depth: SampleDepth

    /// The order of the samples.
    public let layout: Layout

    /// The width of each picture.
    public let width: Int

    /// The height of each picture.
    public let height: Int

    /// The channels of each picture.
    public let channels: Int

    /// The classes, −1 where there is none.
    ///
    /// Shape: [count].
    public let labels: [Int]

    /// Which examples these are.
    ///
    /// Shape: [count].
    public let indices: [Int]

    /// Where the batch starts in the order of the data.
    public let start: DataPosition

    /// Where the next batch starts: what a checkpoint keeps once this batch is used.
    public let end: DataPosition

    /// Properties or measurements of the pictures, one after the other; empty where there are none.
    public let values: [Float]

    /// The pieces of what each picture is asked for with, one row after the other; empty where
    /// pictures are not asked for with texts.
    public let pieces: [Int32]

    package init(
        pixels: [UInt8],
        depth: SampleDepth = .eight,
        layout: Layout,
        width: Int,
        height: Int,
        channels: Int,
        labels: [Int],
        values: [Float] = [],
        pieces: [Int32] = [],
        indices: [Int],
        start: DataPosition,
        end: DataPosition
    ) {
        self.pixels = pixels
        self.depth = depth
        self.layout = layout
        self.width = width
        self.height = height
        self.channels = channels
        self.labels = labels
        self.values = values
        self.pieces = pieces
        self.indices = indices
        self.start = start
        self.end = end
    }

    /// How many pictures there are.
    public var count: Int { indices.count }

    /// The samples as numbers, 0 becoming `range.lowerBound` and the largest `range.upperBound`.
    public func floats(in range: ClosedRange<Float> = -1...1) -> [Float] {
        if depth == .sixteen {
            let scale = (range.upperBound - range.lowerBound) / 65_535
            return pixels.withUnsafeBytes { bytes in
                bytes.bindMemory(to: UInt16.self).map { range.lowerBound + Float($0) * scale }
            }
        }
        let scale = (range.upperBound - range.lowerBound) / 255
        let table = (0..<256).map { range.lowerBound + Float($0) * scale }
        return pixels.map { table[Int($0)] }
    }
}
