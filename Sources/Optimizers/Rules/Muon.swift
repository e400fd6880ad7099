import Foundation
import Torch

/// Muon: matrices inside a network step along all directions of their mean gradient alike; everything else as AdamW does.
///
/// A matrix's step is the mean gradient with all singular values near one, scaled to the size that AdamW's steps
/// have, so that one learning rate serves both.
/// Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024; Liu et al., "Muon is
/// scalable for LLM training", 2025, for the scale and the decay.
public struct Muon: UpdateRule, Codable, Hashable {
    /// The rule's name, `muon`.
    public var name: String { "muon" }
    /// The size of steps.
    public var learningRate: Double
    /// Share of the mean gradient of a matrix that is kept in a step.
    public var momentum: Double
    /// Share of the weights, times the learning rate, that a step takes away.
    public var weightDecay: Double
    /// What all other weights learn by; its rate and decay are this rule's.
    public var others: AdamW

    /// Settings; the defaults are PyTorch's, and AdamW's for other weights.
    public init(
        learningRate: Double = 1e-3,
        momentum: Double = 0.95,
        weightDecay: Double = 0.1,
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8
    ) {
        (self.learningRate, self.momentum) = (learningRate, momentum)
        self.weightDecay = weightDecay
        others = AdamW(
            learningRate: learningRate,
            beta1: beta1,
            beta2: beta2,
            epsilon: epsilon,
            weightDecay: weightDecay
        )
    }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) {
        try others.validate()
        try OptimizerError.checkShare("momentum", momentum)
    }

    /// What is remembered about a weight, at the start.
    public func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)] {
        others.memory(for: weight)
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        guard batch.areInner else { return others.update(batch) }
        let means = batch.remembered(0)
        Foreach.move(means, towards: batch.gradients, by: 1 - momentum)
        // Nesterov's look ahead.
        let directions = batch.gradients.map { $0.copied() }
        Foreach.move(directions, towards: means, by: momentum)
        if batch.weightDecay > 0 {
            Foreach.scale(batch.weights, by: 1 - batch.learningRate * batch.weightDecay)
        }
        let steps = zip(directions, batch.weights).map { direction, weight in
            Muon.even(direction.reshaped([weight.size(0), -1])).reshaped(weight.shape)
        }
        Foreach.add(steps, times: -batch.learningRate, to: batch.weights)
    }

    /// The matrix with singular values near one, in the size of AdamW's steps.
    ///
    /// Five steps of Newton and Schulz' iteration, x ← (a + b·s + c·s²)·x with s = x·xᵀ, whose factors bring small
    /// values up quickly; most end between 0.7 and 1.2, which serves as well as one.
    private static func even(_ matrix: Tensor) -> Tensor {
        let (rows, columns) = (matrix.size(0), matrix.size(1))
        let isTall = rows > columns
        var x = isTall ? matrix.transposed(0, 1) : matrix
        x = x / x.norm().clamped(from: 1e-7)
        x = max(rows, columns) < 2 * min(rows, columns) ? iterated(x) : iteratedByFactors(x)
        return (isTall ? x.transposed(0, 1) : x) * (0.2 * Double(max(rows, columns)).squareRoot())
    }

    /// a, b and c of the iteration, and how often it is done.
    private static let (a, b, c, count) = (3.4445, -4.7750, 2.0315, 5)

    /// b·s + c·s².
    private static func change(_ square: Tensor) -> Tensor {
        (square * c).multiplied(by: square, adding: square, times: b)
    }

    /// The iteration, as it is written.
    private static func iterated(_ start: Tensor) -> Tensor {
        var x = start
        for _ in 0..<count {
            let square = x.multiplied(by: x.transposed(0, 1))
            x = change(square).multiplied(by: x, adding: x, times: a)
        }
        return x
    }

    /// The same for wide matrices: the factors of all steps first, which are small, then their product with the matrix.
    ///
    /// All factors are polynomials of the same square, so that they may change places.
    private static func iteratedByFactors(_ start: Tensor) -> Tensor {
        var square = start.multiplied(by: start.transposed(0, 1))
        var product = Tensor.identity(start.size(0), dtype: start.dtype, device: start.device)
        for step in 1...count {
            let factor = change(square)
            product = factor.multiplied(by: product, adding: product, times: a)
            guard step < count else { break }
            square = factor.multiplied(by: square, adding: square, times: a)
            square = factor.multiplied(by: square, adding: square, times: a)
        }
        return product.multiplied(by: start)
    }
}
