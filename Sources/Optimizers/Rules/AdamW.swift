import Settings
import Torch

/// AdamW: Adam whose weights decay by themselves rather than through their gradients.
///
/// A step first multiplies the weights by 1 − learning rate × weight decay.
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019, Algorithm 2.
public struct AdamW: AdamSettings, Codable, Hashable {
    /// The rule's name, `adamw`.
    public var name: String { "adamw" }
    /// The size of steps.
    public var learningRate: Double
    /// Share of the mean gradient that is kept in a step.
    public var beta1: Double
    /// Share of the mean square that is kept in a step.
    public var beta2: Double
    /// Keeps the divisor away from zero.
    public var epsilon: Double
    /// Share of the weights, times the learning rate, that a step takes away.
    public var weightDecay: Double
    /// Whether to divide by the greatest mean square so far.
    public var amsgrad: Bool
    /// Where ε is added.
    public var epsilonPlacement: EpsilonPlacement

    /// Settings; the defaults are PyTorch's.
    public init(
        learningRate: Double = 1e-3,
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8,
        weightDecay: Double = 1e-2,
        amsgrad: Bool = false,
        epsilonPlacement: EpsilonPlacement = .corrected
    ) {
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.amsgrad = amsgrad
        self.epsilonPlacement = epsilonPlacement
    }

    package static let kernel = Operator("_fused_adamw_")
}
