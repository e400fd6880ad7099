import Foundation

/// Where numbers lie along an axis, and which of them are written beside it.
struct PlotScale {
    /// The numbers at both ends.
    let ends: ClosedRange<Double>
    /// The numbers beside the axis.
    let ticks: [Double]
    private let places: ClosedRange<Double>

    /// An axis for numbers that reaches to round ones.
    ///
    /// - Parameters:
    ///   - values: What is shown; numbers that are none are left out.
    ///   - first: Where the axis begins, in pixels.
    ///   - last: Where it ends; before the beginning where it runs up.
    ///   - count: About how many numbers stand beside it.
    init(of values: [Double], from first: Double, to last: Double, count: Int) {
        // Differences of the largest numbers are none, and steps between the smallest.
        let finite = values.filter(\.isFinite).map {
            abs($0) < 1e-290 ? 0 : min(max($0, -1e290), 1e290)
        }
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if high - low < 1e-12 * max(abs(high), 1) {
            // A line that does not move lies in the middle.
            let room = abs(high) > 0 ? abs(high) / 10 : 1
            (low, high) = (low - room, high + room)
        }
        let rough = (high - low) / Double(max(count, 1))
        let power = pow(10, floor(log10(rough)))
        let step = ([1, 2, 5, 10].first { $0 * power >= rough } ?? 10) * power
        let (start, end) = ((low / step).rounded(.down), (high / step).rounded(.up))
        ends = start * step...end * step
        ticks = stride(from: start, through: end, by: 1).map { $0 * step }
        places = min(first, last)...max(first, last)
        isReversed = last < first
    }

    private let isReversed: Bool

    /// Where a number lies, in pixels.
    func place(_ value: Double) -> Double {
        let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
        let length = places.upperBound - places.lowerBound
        return isReversed
            ? places.upperBound - share * length : places.lowerBound + share * length
    }
}
