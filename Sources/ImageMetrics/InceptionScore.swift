import Checks
import Foundation
import Torch

/// How surely a classifier names drawings, and how evenly: exp E KL(p(y | x) ‖ p(y)).
///
/// From 1, when it cannot tell or always says the same, to the number of classes.
///
/// Source: Salimans et al., "Improved techniques for training GANs", NeurIPS 2016.
public struct InceptionScore: Sendable, Equatable {
    /// The mean over the splits.
    public let mean: Double
    /// The deviation from split to split, as published: divided by their number.
    public let deviation: Double

    /// The score of drawings.
    ///
    /// - Parameters:
    ///   - logits: What the classifier makes of each drawing, N×classes, in an order by chance.
    ///   - splits: Parts that are scored apart; 10 as published.
    /// - Precondition: there is a drawing in each part.
    public init(logits: Tensor, splits: Int = 10) {
        let count = logits.size(0)
        precondition(splits > 0 && count >= splits, "\(count) drawings in \(splits) parts")
        let scores = (0..<splits).map { part in
            let rows = logits.sliced(part * count / splits..<(part + 1) * count / splits, along: 0)
            let logs = rows.converted(to: .float64).logSoftmax(along: 1)
            let chances = logs.exp()
            let overall = chances.mean(over: [0], keepingDimensions: true)
            // Classes that never appear add nothing.
            let divergence = (chances * (logs - (overall + 1e-300).log())).sum(over: [1])
            return exp(divergence.mean().item())
        }
        let middle = scores.reduce(0, +) / Double(splits)
        mean = middle
        let squares = scores.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        deviation = (squares / Double(splits)).squareRoot()
    }
}
