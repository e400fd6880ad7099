import Datasets

/// What an advisor must know of a data set and the machine.
public struct DataFacts: Sendable, Equatable, Codable {
    /// Pictures to train on.
    public var count: Int
    /// Classes; 0 where pictures have none.
    public var classes: Int
    /// The shortest side of any picture.
    ///
    /// Units: pixels.
    public var shortestSide: Int
    /// Channels: 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
    public var channels: Int
    /// Whether there is a graphics card to train on.
    public var hasGPU: Bool

    /// What is known of a set of pictures.
    public init(count: Int, classes: Int, shortestSide: Int, channels: Int, hasGPU: Bool) {
        (self.count, self.classes, self.shortestSide) = (count, classes, shortestSide)
        (self.channels, self.hasGPU) = (channels, hasGPU)
    }

    /// The facts of a set that was checked picture by picture.
    public init(_ report: DatasetReport, hasGPU: Bool) {
        count = report.readable
        classes = report.unlabelled == 0 ? report.classNames.count : 0
        shortestSide = min(report.widths?.least ?? 0, report.heights?.least ?? 0)
        // As many channels as some pictures need: one in colour makes a set a coloured one.
        let (two, three, four) = (
            report.channelCounts[1], report.channelCounts[2], report.channelCounts[3]
        )
        let hasColour = three + four > 0
        let hasAlpha = two + four > 0
        channels = (hasColour ? 3 : 1) + (hasAlpha ? 1 : 0)
        self.hasGPU = hasGPU
    }
}
