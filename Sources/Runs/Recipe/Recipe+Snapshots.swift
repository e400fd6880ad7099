extension Recipe {
    /// What a run keeps.
    public struct Snapshots: Codable, Sendable, Equatable {
        /// Epochs between two snapshots and grids; 0: only at the end.
        public var everyEpochs: Int
        /// Epochs between two checkpoints kept for good beside the last and the best; 0: none.
        public var keepEvery: Int
        /// Columns and rows of a grid.
        public var grid: [Int]
        /// The figure that decides which checkpoint is the best.
        public var monitor: Figure
        /// Which way the figure is better.
        public var mode: Mode

        /// Whether the spread of all weights is kept with each snapshot.
        public var histograms: Bool

        /// Columns of a grid.
        public var columns: Int { grid[0] }
        /// Rows of a grid.
        public var rows: Int { grid[1] }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case everyEpochs = "every-epochs"
            case keepEvery = "keep-every"
            case grid
            case monitor
            case mode
            case histograms
        }
    }
}

extension Recipe.Snapshots: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        everyEpochs = section.integer(.everyEpochs, default: 1, in: 0...1_000_000)
        keepEvery = section.integer(.keepEvery, default: 0, in: 0...1_000_000)
        grid = section.integers(.grid, default: [8, 8], count: 2...2, in: 1...64)
        monitor = section.choice(.monitor, default: .generatorLoss)
        mode = section.choice(.mode, default: .min)
        histograms = section.flag(.histograms, default: true)
    }
}
