extension Recipe {
    /// Length, batch and arithmetic of a run.
    public struct Training: Codable, Sendable, Equatable {
        /// The numbers that networks compute in.
        public enum Precision: String, Codable, Sendable, CaseIterable {
            /// 32 bits throughout.
            case float32
            /// 16-bit brain floats where it is safe, 32 bits elsewhere.
            case bfloat16
            /// Whichever the device is faster in.
            case auto
        }

        /// Passes over the data.
        public var epochs: Int
        /// Pictures in a step.
        public var batch: Int
        /// The numbers that networks compute in.
        public var precision: Precision
        /// Threads of the processor; `nil`: as many as it has cores.
        public var threads: Int?
        /// Batches that one turn of a player takes together.
        public var accumulate: Int
        /// Half-lives of the averaged generators; the first is the one to draw with, and without
        /// any it is the generator itself.
        ///
        /// Units: images.
        public var averageHalfLives: [Int]
        /// Batches of drawings from which batch normalisation's running statistics are taken anew
        /// before a generator is used; 0: those met in training.
        public var standingStatistics: Int
        /// Whether the last, smaller batch of an epoch is left out.
        public var dropLast: Bool

        enum CodingKeys: String, CodingKey, CaseIterable {
            case epochs
            case batch
            case precision
            case threads
            case accumulate
            case averageHalfLives = "average-half-lives"
            case standingStatistics = "standing-statistics"
            case dropLast = "drop-last"
        }
    }
}

extension Recipe.Training: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        epochs = section.integer(.epochs, in: 1...1_000_000)
        batch = section.integer(.batch, in: 1...65_536)
        precision = section.choice(.precision, default: .float32)
        threads = section.optionalInteger(.threads, in: 1...1024)
        accumulate = section.integer(.accumulate, default: 1, in: 1...1024)
        averageHalfLives = section.integers(
            .averageHalfLives,
            default: [],
            count: 0...4,
            in: 1...1_000_000_000
        )
        standingStatistics = section.integer(.standingStatistics, default: 0, in: 0...1000)
        dropLast = section.flag(.dropLast, default: false)
    }
}
