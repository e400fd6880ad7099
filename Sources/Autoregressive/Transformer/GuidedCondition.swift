import Checks
import Torch

/// What codes are asked for with: prefixes, the logits of which are summed with weights.
///
/// The weights sum to one. With more than one prefix every picture is asked with each of them at
/// each place, in one batch.
public struct GuidedCondition {
    /// Rows of pieces, a table of N×prefix for each prefix.
    public let prefixes: [Tensor]
    /// What the logits of each prefix count; below nothing, they are gone away from.
    public let weights: [Double]

    /// Prefixes and their weights, as many of both.
    public init(_ prefixes: [Tensor], weights: [Double]) {
        precondition(
            !prefixes.isEmpty && prefixes.count == weights.count,
            "\(prefixes.count) prefixes with \(weights.count) weights"
        )
        (self.prefixes, self.weights) = (prefixes, weights)
    }

    /// One prefix alone.
    ///
    /// Shape: N×prefix.
    public init(_ prefix: Tensor) { self.init([prefix], weights: [1]) }

    /// What is asked for, stressed over something else: 1 for not at all.
    ///
    /// Source: Ho and Salimans, "Classifier-free diffusion guidance", 2022.
    public init(_ asked: Tensor, over other: Tensor, by guidance: Double) {
        guard guidance != 1 else {
            self.init(asked)
            return
        }
        self.init([asked, other], weights: [guidance, 1 - guidance])
    }

    /// Whether something is gone away from, so that codes can be told that fit what is asked for.
    public var hasContrast: Bool {
        weights.contains { $0 > 0 } && weights.contains { $0 < 0 }
    }

    /// How much likelier codes are after what is asked for than after what is gone away from, in nats.
    ///
    /// Shape: (prefixes · N)×codes and N → N.
    func fitness(of codes: Tensor, in logits: Tensor) -> Tensor {
        let parts = logits.split([Int](repeating: count, count: prefixes.count))
        func mean(_ counts: (Double) -> Bool) -> Tensor {
            let some = zip(parts, weights).filter { counts($0.1) }
            let sum = some.reduce(0) { $0 + $1.1 }
            let terms = some.map { $0.0.logProbability(of: codes) * ($0.1 / sum) }
            return terms.dropFirst().reduce(terms[0], +)
        }
        return mean { $0 > 0 } - mean { $0 < 0 }
    }

    /// How many pictures are asked for.
    var count: Int { prefixes[0].size(0) }

    /// The prefixes one below the other.
    var rows: Tensor { prefixes.count == 1 ? prefixes[0] : Tensor.concatenated(prefixes) }

    /// The same rows for each prefix.
    func repeated(_ codes: Tensor) -> Tensor {
        prefixes.count == 1
            ? codes : Tensor.concatenated([Tensor](repeating: codes, count: prefixes.count))
    }

    /// The weighted sum of the prefixes' logits.
    ///
    /// Shape: (prefixes · N)×codes → N×codes.
    public func mixed(_ logits: Tensor) -> Tensor {
        guard prefixes.count > 1 else { return weights[0] == 1 ? logits : logits * weights[0] }
        let parts = logits.split([Int](repeating: count, count: prefixes.count))
        return zip(parts, weights).dropFirst().reduce(parts[0] * weights[0]) { sum, part in
            sum + part.0 * part.1
        }
    }
}
