extension Recipe {
    /// When a run ends before its last epoch.
    public struct EarlyStopping: Codable, Sendable, Equatable {
        /// The figure that is watched.
        public var monitor: Figure
        /// Changes up to this do not count as better.
        public var minDelta: Double
        /// Evaluations without anything better before the run stops.
        public var patience: Int
        /// Which way the figure is better.
        public var mode: Mode
        /// Stop as soon as the figure is better than this.
        public var stoppingThreshold: Double?
        /// Stop as soon as the figure is worse than this.
        public var divergenceThreshold: Double?

        enum CodingKeys: String, CodingKey, CaseIterable {
            case monitor
            case minDelta = "min-delta"
            case patience
            case mode
            case stoppingThreshold = "stopping-threshold"
            case divergenceThreshold = "divergence-threshold"
        }
    }
}

extension Recipe.EarlyStopping: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        monitor = section.choice(.monitor)
        minDelta = section.number(.minDelta, default: 0, in: .nonNegative)
        patience = section.integer(.patience, default: 3, in: 1...1_000_000)
        mode = section.choice(.mode, default: .min)
        stoppingThreshold = section.optionalNumber(.stoppingThreshold, in: .finite)
        divergenceThreshold = section.optionalNumber(.divergenceThreshold, in: .finite)
    }
}
