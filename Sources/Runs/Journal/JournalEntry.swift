/// One line of `stats.jsonl`: the figures of one tick.
public struct JournalEntry: Sendable, Equatable {
    /// The name under which a line tells its step.
    public static let stepName = "Progress/step"

    /// Figures by name, such as `Loss/G/loss`.
    public var statistics: [String: Statistic]
    /// When the tick ended.
    ///
    /// Units: seconds since 1970.
    public var timestamp: Double

    /// The step after which the line was written; `nil` when it does not tell.
    public var step: Int? {
        guard let mean = statistics[Self.stepName]?.mean else { return nil }
        return Int(exactly: mean.rounded())
    }

    /// A line; the step is kept among the figures.
    public init(step: Int, statistics: [String: Statistic], timestamp: Double) {
        self.statistics = statistics
        self.statistics[Self.stepName] = Statistic(Double(step))
        self.timestamp = timestamp
    }
}

extension JournalEntry: Codable {
    private struct Key: CodingKey {
        static let timestamp = Key(stringValue: "timestamp")
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            nil
        }
    }

    /// Reads figures by name beside `timestamp`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        statistics = [:]
        for key in container.allKeys where key.stringValue != Key.timestamp.stringValue {
            statistics[key.stringValue] = try container.decode(Statistic.self, forKey: key)
        }
        timestamp = try container.decode(Double.self, forKey: .timestamp)
    }

    /// Writes figures by name beside `timestamp`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, statistic) in statistics {
            try container.encode(statistic, forKey: Key(stringValue: name))
        }
        try container.encode(timestamp, forKey: .timestamp)
    }
}
