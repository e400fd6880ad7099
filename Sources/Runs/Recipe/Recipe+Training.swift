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
        /// Half-life of the averaged generator; 0: no averaging.
        ///
        /// Units: images.
        public var averageHalfLife: Int
        /// Whether the last, smaller batch of an epoch is left out.
        public var dropLast: Bool

        enum CodingKeys: String, CodingKey, CaseIterable {
            case epochs
            case batch
            case precision
            case threads
            case averageHalfLife = "average-half-life"
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
        averageHalfLife = section.integer(.averageHalfLife, default: 0, in: 0...1_000_000_000)
        dropLast = section.flag(.dropLast, default: false)
    }
}
