import Settings
import Torch

/// Adam: steps along the mean gradient, divided by the root of its mean square.
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, Algorithm 1;
/// Reddi et al., "On the convergence of Adam and beyond", ICLR 2018, for `amsgrad`.
public struct Adam: AdamSettings, Codable, Hashable {
    /// The rule's name, `adam`.
    public var name: String { "adam" }
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
        weightDecay: Double = 0,
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

    /// Keras' formula and defaults.
    public static func keras(
        learningRate: Double = 1e-3,
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-7
    ) -> Adam {
        Adam(
            learningRate: learningRate,
            beta1: beta1,
            beta2: beta2,
            epsilon: epsilon,
            epsilonPlacement: .uncorrected
        )
    }

    package static let kernel = Operator("_fused_adam_")
}
