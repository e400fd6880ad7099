/// How far the data has been read: the state that a checkpoint keeps to go on exactly.
public struct DataPosition: Codable, Sendable, Equatable {
    /// The epoch, from 0.
    public var epoch: Int

    /// How many examples of the epoch have been handed out.
    public var offset: Int

    /// The start, or any later place.
    public init(epoch: Int = 0, offset: Int = 0) {
        self.epoch = epoch
        self.offset = offset
    }
}
