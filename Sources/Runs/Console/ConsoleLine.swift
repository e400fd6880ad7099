import Foundation

/// The lines that a run prints, and that go into `log.txt`.
public enum ConsoleLine {
    /// One tick: `tick 0 kimg 0.0 time 12s sec/tick 7.5 sec/kimg 3.75 maintenance 5.4 cpumem 3.8 …`.
    public struct Tick: Sendable, Equatable {
        /// Number of the tick.
        public var tick: Int
        /// Real pictures shown since the run began.
        public var images: Int
        /// Seconds since the run began, all sittings together.
        public var total: Double
        /// Seconds that the tick's steps took.
        public var seconds: Double
        /// Pictures of the tick.
        public var tickImages: Int
        /// Seconds spent beside steps: grids, evaluation, checkpoints.
        public var maintenance: Double
        /// Memory of the process.
        ///
        /// Units: GiB.
        public var memory: Double
        /// Memory used on an accelerator; `nil` without one.
        ///
        /// Units: GiB.
        public var acceleratorMemory: Double?
        /// Strength of the discriminator's augmentation; `nil` without one.
        public var augmentation: Double?

        /// A tick of a run on the processor.
        public init(
            tick: Int,
            images: Int,
            total: Double,
            seconds: Double,
            tickImages: Int,
            maintenance: Double,
            memory: Double,
            acceleratorMemory: Double? = nil,
            augmentation: Double? = nil
        ) {
            self.tick = tick
            self.images = images
            self.total = total
            self.seconds = seconds
            self.tickImages = tickImages
            self.maintenance = maintenance
            self.memory = memory
            self.acceleratorMemory = acceleratorMemory
            self.augmentation = augmentation
        }

        /// The line.
        public var text: String {
            let thousands = Double(tickImages) / 1000
            var parts = [
                "tick \(padded("\(tick)", 5))",
                "kimg \(padded(fixed(Double(images) / 1000, 1), 8))",
                "time \(padded(PlainDuration.text(total), 12))",
                "sec/tick \(padded(fixed(seconds, 1), 7))",
                "sec/kimg \(padded(thousands > 0 ? fixed(seconds / thousands, 2) : "-", 7))",
                "maintenance \(padded(fixed(maintenance, 1), 6))",
                "cpumem \(padded(fixed(memory, 2), 6))",
            ]
            if let acceleratorMemory {
                parts.append("gpumem \(padded(fixed(acceleratorMemory, 2), 6))")
            }
            if let augmentation { parts.append("augment \(fixed(augmentation, 3))") }
            return trimmed(parts.joined(separator: " "))
        }
    }

    /// One evaluation: `epoch 10 gen_loss 0.8123 disc_loss 1.2345 test_loss 1.2301 test_acc 0.7123`.
    public struct Evaluation: Sendable, Equatable {
        /// Epochs done.
        public var epoch: Int
        /// Figures by the names that they have in the journal; those that a run has.
        public var figures: [String: Double]

        /// The figures of one evaluation.
        public init(epoch: Int, figures: [String: Double]) {
            (self.epoch, self.figures) = (epoch, figures)
        }

        /// The line: the game's own figures first, then all others of the evaluation by name.
        public var text: String {
            let first: [(Recipe.Figure, String)] = [
                (.generatorLoss, "gen_loss"), (.discriminatorLoss, "disc_loss"),
                (.testLoss, "test_loss"), (.testAccuracy, "test_acc"),
            ]
            let known = Set(first.map(\.0.rawValue))
            let others = figures.keys
                .filter { $0.hasPrefix(Evaluation.prefix) && !known.contains($0) }.sorted()
            let named =
                first.map { ($0.0.rawValue, $0.1) }
                + others.map { ($0, String($0.dropFirst(Evaluation.prefix.count))) }
            let parts = named.compactMap { key, name in
                figures[key].map { "\(name) \(fixed($0, 4))" }
            }
            return (["epoch \(epoch)"] + parts).joined(separator: " ")
        }

        private static let prefix = "Evaluation/"
    }

    /// A number with a fixed count of decimals, the same in every language.
    static func fixed(_ number: Double, _ decimals: Int) -> String {
        number.isFinite ? String(format: "%.\(decimals)f", number) : "\(number)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }
}
