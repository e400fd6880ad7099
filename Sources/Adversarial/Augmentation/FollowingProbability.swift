import Neural
import Settings
import Torch

/// A probability that follows how surely the discriminator takes what it is shown as real for real.
///
/// Source: Karras et al., "Training generative adversarial networks with limited data", NeurIPS 2020: p rises while the mean
/// sign r of those logits is above the target, and falls below it.
public class FollowingProbability: Module {
    /// How fast, and how far.
    struct Pace {
        /// The mean sign that is aimed at; 0: the probability is as others set it.
        var target: Double
        /// The largest probability.
        var upperBound: Double
        /// Images over which the probability may go from 0 to 1.
        var speedImages: Int
        /// Turns from one look at the signs to the next.
        var interval: Int

        /// Numbers in their ranges.
        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(target, in: 0...1, "target")
            problems.expect(upperBound, in: 0...1, "upper-bound")
            problems.expect(speedImages, in: 1...1_000_000_000, "speed-images")
            problems.expect(interval, in: 1...1000, "interval")
            return problems.all
        }
    }

    /// The probability.
    @Buffer public var probability: Tensor
    /// Sum of signs, logits and turns since the last look.
    @Buffer public var seen: Tensor = .zeros([3], dtype: .float64)
    /// The mean sign at the last look.
    @Buffer public var sign: Tensor = .zeros([], dtype: .float64)
    private let pace: Pace

    /// One that begins with a number.
    init(_ pace: Pace, from start: Double) {
        self.pace = pace
        probability = Tensor(start, dtype: .float64)
    }

    /// The probability, the mean sign, and whether the data is too little for any probability.
    public var figures: [(name: String, value: Double)] {
        let p = probability.item()
        return [("p", p), ("r_t", sign.item()), ("saturated", p >= pace.upperBound ? 1 : 0)]
    }

    /// Moves the probability towards what the signs ask for.
    public func observe(real logits: Tensor, count: Int) {
        withoutGradients {
            let processes = ProcessGroup.current?.count ?? 1
            let signs =
                logits.detached().sign().sum().overAllProcesses().item() * Double(processes)
            seen =
                seen + Tensor([signs, Double(logits.count * processes), 1]).moved(to: seen.device)
            let values = seen.doubles()
            guard values[2] >= Double(pace.interval) else { return }
            let mean = values[0] / max(values[1], 1)
            sign = Tensor(mean, dtype: .float64, device: sign.device)
            seen = seen.zerosLike()
            guard pace.target > 0 else { return }
            let change =
                (mean > pace.target ? 1.0 : mean < pace.target ? -1.0 : 0) * values[1]
                / Double(pace.speedImages)
            set(min(max(probability.item() + change, 0), pace.upperBound))
        }
    }

    /// Gives the probability a value.
    func set(_ value: Double) {
        probability = Tensor(value, dtype: .float64, device: probability.device)
    }
}
