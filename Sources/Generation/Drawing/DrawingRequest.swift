import Imaging
import Prompts

/// What to draw.
public struct DrawingRequest: Sendable, Equatable {
    /// The key of all random numbers.
    public var seed: UInt64
    /// Which pictures of the seed's endless row.
    public var indices: [Int]
    /// What is asked for, in words or by the name of a class; empty leaves it open.
    public var parts: [Prompt.Part]
    /// How it is drawn.
    public var manner: DrawingManner
    /// What was typed, for the record; nothing where nothing was asked for.
    public var typed: String?
    /// Words of what was typed that others are drawn for, which stand in the parts.
    public var readings: [WordReading] = []
    /// How many bits a sample of the pictures has.
    public var depth = SampleDepth.eight

    /// A request for certain pictures of a seed.
    public init(
        seed: UInt64,
        indices: [Int],
        parts: [Prompt.Part] = [],
        manner: DrawingManner = DrawingManner()
    ) {
        (self.seed, self.indices) = (seed, indices)
        (self.parts, self.manner) = (parts, manner)
    }

    /// A request for the first pictures of a seed.
    public init(
        seed: UInt64,
        count: Int,
        of text: String? = nil,
        manner: DrawingManner = DrawingManner()
    ) {
        self.init(
            seed: seed,
            indices: Array(0..<count),
            parts: text.map { [Prompt.Part(text: $0, weight: 1)] } ?? [],
            manner: manner
        )
    }
}
