import Torch

/// Stochastic gradient descent, with momentum if wanted.
///
/// The velocity starts as the first gradient; then v ← momentum · v + (1 − dampening) · g.
/// Source: Sutskever et al., "On the importance of initialization and momentum in deep learning",
/// ICML 2013, with the learning rate outside the velocity as in PyTorch.
public struct SGD: UpdateRule, Codable, Hashable {
    /// The rule's name, `sgd`.
    public var name: String { "sgd" }
    /// The size of steps.
    public var learningRate: Double
    /// Share of the velocity that is kept in a step.
    public var momentum: Double
    /// Share of the gradient that does not enter the velocity.
    public var dampening: Double
    /// Whether the step looks ahead along the velocity.
    public var nesterov: Bool
    /// Times the weights is added to their gradients (L2 regularisation).
    public var weightDecay: Double

    /// Settings; the defaults are PyTorch's.
    public init(
        learningRate: Double = 1e-3,
        momentum: Double = 0,
        dampening: Double = 0,
        nesterov: Bool = false,
        weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.dampening = dampening
        self.nesterov = nesterov
        self.weightDecay = weightDecay
    }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) {
        try OptimizerError.checkNotNegative("learningRate", learningRate)
        try OptimizerError.checkShare("momentum", momentum)
        try OptimizerError.checkShare("dampening", dampening)
        try OptimizerError.checkNotNegative("weightDecay", weightDecay)
        guard nesterov else { return }
        try OptimizerError.checkPositive("momentum", momentum)
        try OptimizerError.check(dampening == 0, "dampening", dampening, "0 with nesterov")
    }

    /// What is remembered about a weight, at the start.
    public func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)] {
        momentum == 0 ? [] : [("velocity", weight.zerosLike())]
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        _ = Operators.kernel.several(
            .tensors(batch.weights),
            .tensors(batch.gradients),
            .tensors(momentum == 0 ? [] : batch.remembered(0)),
            .real(batch.weightDecay),
            .real(momentum),
            .real(batch.learningRate),
            .real(dampening),
            .boolean(nesterov),
            .boolean(false),
            .boolean(batch.step == 1)
        )
    }

    private enum Operators {
        static let kernel = Operator("_fused_sgd_")
    }
}
