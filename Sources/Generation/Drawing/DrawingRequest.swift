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
    public var sampling: SamplingOptions
    /// What was typed, for the record; nothing where nothing was asked for.
    public var typed: String?
    /// Words of what was typed that others are drawn for, which stand in the parts.
    public var readings: [WordReading] = []
    /// Whether things that the words name are drawn one by one and put together, where the model does that.
    public var isComposed = false
    /// How many bits a sample of the pictures has.
    public var depth = SampleDepth.eight

    /// A request for certain pictures of a seed.
    public init(
        seed: UInt64,
        indices: [Int],
        parts: [Prompt.Part] = [],
        sampling: SamplingOptions = SamplingOptions()
    ) {
        (self.seed, self.indices) = (seed, indices)
        (self.parts, self.sampling) = (parts, sampling)
    }

    /// A request for the first pictures of a seed.
    public init(
        seed: UInt64,
        count: Int,
        of text: String? = nil,
        sampling: SamplingOptions = SamplingOptions()
    ) {
        self.init(
            seed: seed,
            indices: Array(0..<count),
            parts: text.map { [Prompt.Part(text: $0, weight: 1)] } ?? [],
            sampling: sampling
        )
    }
}
