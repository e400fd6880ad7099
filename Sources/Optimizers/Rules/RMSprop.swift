import Torch

/// RMSprop: steps along the gradient, divided by the root of its mean square.
///
/// Source: Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning", 2012;
/// Graves, "Generating sequences with recurrent neural networks", 2013, for `centered`.
public struct RMSprop: UpdateRule, Codable, Hashable {
    /// The places where ε can be added and the learning rate enters.
    public enum Form: String, Codable, Sendable, CaseIterable {
        /// Divides by √s + ε; the learning rate multiplies the velocity.
        case pytorch
        /// Divides by √(s + ε); the learning rate is part of the velocity.
        case keras
    }

    /// The rule's name, `rmsprop`.
    public var name: String { "rmsprop" }
    /// The size of steps.
    public var learningRate: Double
    /// Share of the mean square that is kept in a step.
    public var alpha: Double
    /// Keeps the divisor away from zero.
    public var epsilon: Double
    /// Share of the velocity that is kept in a step.
    public var momentum: Double
    /// Whether to divide by the root of the variance rather than of the mean square.
    public var centered: Bool
    /// Times the weights is added to their gradients (L2 regularisation).
    public var weightDecay: Double
    /// Whose formula is followed.
    public var form: Form

    /// Settings; the defaults are PyTorch's.
    public init(
        learningRate: Double = 1e-2,
        alpha: Double = 0.99,
        epsilon: Double = 1e-8,
        momentum: Double = 0,
        centered: Bool = false,
        weightDecay: Double = 0,
        form: Form = .pytorch
    ) {
        self.learningRate = learningRate
        self.alpha = alpha
        self.epsilon = epsilon
        self.momentum = momentum
        self.centered = centered
        self.weightDecay = weightDecay
        self.form = form
    }

    /// Keras' formula and defaults.
    public static func keras(
        learningRate: Double = 1e-3,
        rho: Double = 0.9,
        momentum: Double = 0,
        epsilon: Double = 1e-7,
        centered: Bool = false
    ) -> RMSprop {
        RMSprop(
            learningRate: learningRate,
            alpha: rho,
            epsilon: epsilon,
            momentum: momentum,
            centered: centered,
            form: .keras
        )
    }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) {
        try OptimizerError.checkNotNegative("learningRate", learningRate)
        try OptimizerError.checkShare("alpha", alpha)
        try OptimizerError.checkNotNegative("epsilon", epsilon)
        try OptimizerError.checkShare("momentum", momentum)
        try OptimizerError.checkNotNegative("weightDecay", weightDecay)
    }

    /// What is remembered about a weight, at the start.
    public func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)] {
        let names = ["square"] + (centered ? ["mean"] : []) + (momentum > 0 ? ["velocity"] : [])
        return names.map { ($0, weight.zerosLike()) }
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        let gradients =
            batch.weightDecay == 0
            ? batch.gradients
            : Foreach.adding(batch.weights, times: batch.weightDecay, to: batch.gradients)
        let divisors = divisors(batch, gradients: gradients)
        guard momentum > 0 else {
            Foreach.addQuotients(
                gradients,
                over: divisors,
                times: -batch.learningRate,
                to: batch.weights
            )
            return
        }
        let velocities = batch.remembered(centered ? 2 : 1)
        let (inside, outside) = form == .keras ? (batch.learningRate, 1) : (1, batch.learningRate)
        Foreach.scale(velocities, by: momentum)
        Foreach.addQuotients(gradients, over: divisors, times: inside, to: velocities)
        Foreach.add(velocities, times: -outside, to: batch.weights)
    }

    /// Brings the means up to date and gives what the gradients are divided by.
    private func divisors(_ batch: UpdateBatch, gradients: [Tensor]) -> [Tensor] {
        let squares = batch.remembered(0)
        let alpha = batch.squareShare ?? alpha
        Foreach.scale(squares, by: alpha)
        Foreach.addSquares(of: gradients, times: 1 - alpha, to: squares)
        var spread = squares
        if centered {
            let means = batch.remembered(1)
            Foreach.move(means, towards: gradients, by: 1 - alpha)
            spread = Foreach.addingSquares(of: means, times: -1, to: squares)
        }
        switch form {
        case .pytorch:
            let roots = Foreach.squareRoots(of: spread)
            Foreach.add(epsilon, to: roots)
            return roots
        case .keras:
            return Foreach.squareRoots(of: spread.map { $0 + epsilon })
        }
    }
}
