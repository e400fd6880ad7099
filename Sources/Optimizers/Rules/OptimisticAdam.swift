import Foundation
import Torch

/// Optimistic Adam: steps twice along Adam's direction and once back along the last one, as if the next direction were known.
///
/// Two players who answer each other by plain steps circle around where neither gains; by these they arrive there.
/// Source: Daskalakis et al., "Training GANs with optimism", ICLR 2018, Algorithm 1.
public struct OptimisticAdam: UpdateRule, Codable, Hashable {
    /// The rule's name, `optimistic-adam`.
    public var name: String { "optimistic-adam" }
    /// The size of steps.
    public var learningRate: Double
    /// Share of the mean gradient that is kept in a step.
    public var beta1: Double
    /// Share of the mean square that is kept in a step.
    public var beta2: Double
    /// Keeps the divisor away from zero.
    public var epsilon: Double
    /// Times the weights is added to their gradients (L2 regularisation).
    public var weightDecay: Double

    /// Settings; the defaults are Adam's.
    public init(
        learningRate: Double = 1e-3,
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0
    ) {
        (self.learningRate, self.beta1, self.beta2) = (learningRate, beta1, beta2)
        (self.epsilon, self.weightDecay) = (epsilon, weightDecay)
    }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) {
        try OptimizerError.checkNotNegative("learningRate", learningRate)
        try OptimizerError.checkShare("beta1", beta1)
        try OptimizerError.checkShare("beta2", beta2)
        try OptimizerError.checkNotNegative("epsilon", epsilon)
        try OptimizerError.checkNotNegative("weightDecay", weightDecay)
    }

    /// What is remembered about a weight, at the start.
    public func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)] {
        ["mean", "square", "direction"].map { ($0, weight.zerosLike()) }
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        let (weights, step) = (batch.weights, Double(batch.step))
        let beta2 = batch.squareShare ?? beta2
        let gradients =
            batch.weightDecay == 0
            ? batch.gradients
            : Foreach.adding(weights, times: batch.weightDecay, to: batch.gradients)
        let (means, squares) = (batch.remembered(0), batch.remembered(1))
        let directions = batch.remembered(2)
        Foreach.move(means, towards: gradients, by: 1 - beta1)
        Foreach.scale(squares, by: beta2)
        Foreach.addSquares(of: gradients, times: 1 - beta2, to: squares)
        let divisors = Foreach.squareRoots(of: squares)
        Foreach.scale(divisors, by: 1 / (1 - pow(beta2, step)).squareRoot())
        Foreach.add(epsilon, to: divisors)
        Foreach.add(directions, times: batch.learningRate, to: weights)
        Foreach.scale(directions, by: 0)
        Foreach.addQuotients(
            means,
            over: divisors,
            times: 1 / (1 - pow(beta1, step)),
            to: directions
        )
        Foreach.add(directions, times: -2 * batch.learningRate, to: weights)
    }
}
