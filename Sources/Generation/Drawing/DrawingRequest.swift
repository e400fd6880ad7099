/// What to draw.
public struct DrawingRequest: Sendable, Equatable {
    /// The key of all random numbers.
    public var seed: UInt64
    /// Which pictures of the seed's endless row.
    public var indices: [Int]
    /// The class by name or number; nothing for one after the other.
    public var className: String?
    /// What to draw in words, of models that are asked with texts; nothing leaves it open.
    public var text: String?

    /// What remains of each picture's distance to the mean one: less gives safer and more similar
    /// pictures, 1 leaves all.
    public var truncation: Double
    /// How freely pixels are drawn where they are drawn one by one: 1 as learned, 0 the likeliest,
    /// nothing as learned.
    public var temperature: Double?
    /// How many candidates there are for each picture; the discriminator chooses the best.
    public var quality: Int

    /// A request for the first pictures of a seed.
    public init(
        seed: UInt64,
        count: Int,
        className: String? = nil,
        text: String? = nil,
        truncation: Double = 1,
        temperature: Double? = nil,
        quality: Int = 1
    ) {
        self.init(
            seed: seed,
            indices: Array(0..<count),
            className: className,
            text: text,
            truncation: truncation,
            temperature: temperature,
            quality: quality
        )
    }

    /// A request for certain pictures of a seed.
    public init(
        seed: UInt64,
        indices: [Int],
        className: String? = nil,
        text: String? = nil,
        truncation: Double = 1,
        temperature: Double? = nil,
        quality: Int = 1
    ) {
        self.truncation = truncation
        self.temperature = temperature
        self.quality = quality
        self.seed = seed
        self.indices = indices
        self.className = className
        self.text = text
    }
}
