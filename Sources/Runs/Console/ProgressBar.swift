/// How far something is, with rate and time left, in one line.
///
/// A pure function of what it is told: no clock, no terminal.
public struct ProgressBar: Sendable, Equatable {
    /// What is counted, such as `img`.
    public var unit: String
    /// How many there are in all.
    public var total: Int
    /// How many were done before this sitting.
    public var initial: Int
    /// How many are done, those before this sitting included.
    public var done: Int
    /// Seconds of this sitting.
    public var elapsed: Double
    /// What stands before the bar, such as `epoch 3/50`.
    public var label: String
    /// What stands after everything else, such as figures.
    public var note: String

    /// Something that is about to start.
    public init(
        unit: String,
        total: Int,
        initial: Int = 0,
        done: Int = 0,
        elapsed: Double = 0,
        label: String = "",
        note: String = ""
    ) {
        self.unit = unit
        self.total = total
        self.initial = initial
        self.done = done
        self.elapsed = elapsed
        self.label = label
        self.note = note
    }

    /// Share done, from 0 to 1.
    public var fraction: Double {
        total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1
    }

    /// Units done in a second of this sitting; `nil` before the first.
    public var rate: Double? {
        let here = done - initial
        return here > 0 && elapsed > 0 ? Double(here) / elapsed : nil
    }

    /// Seconds left at this rate; `nil` before the first unit.
    public var remaining: Double? {
        rate.map { Double(max(0, total - done)) / $0 }
    }

    /// The line, cut to a width.
    ///
    /// - Parameters:
    ///   - width: Columns of the terminal.
    ///   - isPlain: Whether only ASCII is used.
    /// - Returns: Label, bar, share, count, rate, time left, note.
    public func text(width: Int, isPlain: Bool = false) -> String {
        let percent = "\(Int((fraction * 100).rounded(.down)))%"
        let left = String(repeating: " ", count: max(0, 4 - percent.count)) + percent
        var tail = " \(left) \(done)/\(total) \(unit)"
        if let rate { tail += " \(Self.plain(rate)) \(unit)/s" }
        if let remaining { tail += " ETA \(PlainDuration.text(remaining))" }
        if !note.isEmpty { tail += " \(note)" }
        let head = label.isEmpty ? "" : label + " "
        let room = min(40, width - head.count - tail.count)
        let bar = room >= 8 ? Self.bar(fraction, width: room, isPlain: isPlain) : ""
        return String((head + bar + tail).prefix(max(0, width)))
    }

    private static func bar(_ fraction: Double, width: Int, isPlain: Bool) -> String {
        let full = Int((fraction * Double(width)).rounded(.down))
        return String(repeating: isPlain ? "#" : "━", count: full)
            + String(repeating: isPlain ? "-" : "╌", count: width - full)
    }

    /// A rate with as many digits as it deserves.
    private static func plain(_ rate: Double) -> String {
        ConsoleLine.fixed(rate, rate >= 100 ? 0 : rate >= 10 ? 1 : 2)
    }
}
