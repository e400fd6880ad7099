/// A source that goes on without end: what has no place in it is made when it is asked for.
public protocol ExampleStream: Sendable {
    /// How many examples make an epoch.
    var epochLength: Int { get }

    /// Texts that have all words of the captions, from which pieces can be found.
    var vocabulary: [String] { get }

    /// An example, counted on from epoch to epoch; safe from several threads at once.
    func example(number: Int) -> StreamedExample
}

/// A picture that was made for one batch, and what is known about it.
public struct StreamedExample: Sendable, Equatable {
    /// Samples of eight bits, channels innermost.
    ///
    /// Shape: [height, width, channels].
    public let pixels: [UInt8]
    /// What is known about it.
    public let record: ExampleRecord
}
