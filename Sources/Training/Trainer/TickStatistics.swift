import Runs

/// What the steps of one tick showed.
struct TickStatistics {
    private(set) var count = 0
    private(set) var images = 0
    /// Seconds before the tick that were spent beside steps: grids, evaluation, checkpoints.
    private(set) var maintenance = 0.0
    /// Seconds that steps waited for pictures.
    private(set) var waiting = 0.0
    /// Seconds that steps waited for other processes; nil where there are none.
    private(set) var exchanging: Double?
    private var began = 0.0
    private var last = 0.0
    private var collectors: [String: StatisticCollector] = [:]

    /// Adds a step that ended after so many seconds of the session.
    mutating func add(_ figures: StepFigures, images: Int, seconds: Double) {
        count += 1
        self.images += images
        last = seconds
        for (name, value) in figures.values { collectors[name, default: .init()].add(value) }
    }

    /// Adds seconds that a step waited for its pictures.
    mutating func add(waiting seconds: Double) { waiting += seconds }

    /// Adds seconds that a step waited for other processes.
    mutating func add(exchanging seconds: Double) { exchanging = (exchanging ?? 0) + seconds }

    /// Starts anew after the work beside steps that follows a tick.
    mutating func reset(at seconds: Double) {
        let idle = max(seconds - last, 0)
        self = TickStatistics()
        maintenance = idle
        began = seconds
        last = seconds
    }

    /// Seconds from the start of the tick to its last step.
    var seconds: Double { last - began }

    /// Pictures a second.
    var imagesPerSecond: Double { seconds > 0 ? Double(images) / seconds : 0 }

    /// All figures with number, mean and deviation.
    var statistics: [String: Statistic] { collectors.compactMapValues(\.statistic) }

    /// Means of all figures.
    var means: [String: Double] { statistics.mapValues(\.mean) }
}
