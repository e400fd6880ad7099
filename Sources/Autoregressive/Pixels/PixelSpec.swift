/// The pictures that a pixel model is of, and what it can be told of them.
public struct PixelSpec: Codable, Sendable, Equatable {
    /// Channels of a picture, drawn in their order: grey, red before green before blue, then cover.
    public var channels: Int
    /// Classes that a picture can be asked of; 0 where there are none.
    public var classes: Int
    /// Channels of the picture that the model may follow; 0 where there is none.
    public var draftChannels: Int

    /// Pictures of so many channels.
    public init(channels: Int, classes: Int = 0, draftChannels: Int = 0) {
        (self.channels, self.classes) = (channels, classes)
        self.draftChannels = draftChannels
    }

    /// Levels of a channel: eight bits.
    public static let levels = 256
}
