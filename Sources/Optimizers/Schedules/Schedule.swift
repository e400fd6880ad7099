import Foundation

/// A number that changes as training goes on: a learning rate, a loss weight, an augmentation strength.
///
/// A pure function of one position, which is whatever its user counts: images seen (the rule for
/// training) or steps. Lengths (`over`, `every`, `at`) are in that same unit.
public indirect enum Schedule: Codable, Sendable, Hashable {
    /// The same everywhere.
    case constant(value: Double)
    /// A straight line, then the end.
    case linear(from: Double, to: Double, over: Double)
    /// Half a cosine wave, flat at both ends, then the end.
    case cosine(from: Double, to: Double, over: Double)
    /// Multiplied by the factor in every length, smoothly.
    case exponential(from: Double, factor: Double, every: Double)
    /// Multiplied by the factor at the end of every length.
    case step(from: Double, factor: Double, every: Double)
    /// A straight line to the start of another schedule, which begins where the line ends.
    case warmUp(from: Double, over: Double, then: Schedule)
    /// Straight lines between knots; level before the first and after the last.
    ///
    /// Two knots at one position make a jump: from there on the later one counts.
    case piecewise(knots: [Knot])

    /// A position and the value there.
    public struct Knot: Codable, Sendable, Hashable {
        /// The position.
        public var at: Double
        /// The value.
        public var value: Double

        /// A knot.
        public init(at: Double, value: Double) {
            self.at = at
            self.value = value
        }
    }

    /// The value at a position; positions before zero count as zero.
    public func value(at position: Double) -> Double {
        let position = max(position, 0)
        switch self {
        case .constant(let value):
            return value
        case .linear(let start, let end, let length):
            return position < length ? start + (end - start) * (position / length) : end
        case .cosine(let start, let end, let length):
            guard position < length else { return end }
            return end + (start - end) * (1 + cos(.pi * position / length)) / 2
        case .exponential(let start, let factor, let length):
            return start * pow(factor, position / length)
        case .step(let start, let factor, let length):
            return start * pow(factor, (position / length).rounded(.down))
        case .warmUp(let start, let length, let rest):
            guard position < length else { return rest.value(at: position - length) }
            return start + (rest.value(at: 0) - start) * (position / length)
        case .piecewise(let knots):
            return Schedule.interpolated(knots, at: position)
        }
    }

    /// The value after that many images or steps.
    public func value(at position: Int) -> Double { value(at: Double(position)) }

    private static func interpolated(_ knots: [Knot], at position: Double) -> Double {
        guard let next = knots.firstIndex(where: { $0.at > position }) else {
            return knots.last?.value ?? 0
        }
        guard next > 0 else { return knots[0].value }
        let (left, right) = (knots[next - 1], knots[next])
        let share = (position - left.at) / (right.at - left.at)
        return left.value + (right.value - left.value) * share
    }
}
