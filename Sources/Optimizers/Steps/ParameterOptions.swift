import Torch

/// What an optimizer does differently for some parameters.
public struct ParameterOptions: Sendable, Hashable {
    /// Factor on the optimizer's learning rate.
    public var learningRateScale: Double
    /// Weight decay instead of the rule's; none keeps the rule's.
    public var weightDecay: Double?
    /// Whether the weight is a matrix inside a network, for rules that step along all its directions alike.
    public var isInner = false

    /// Options; without arguments a parameter is treated as the rule says.
    public init(learningRateScale: Double = 1, weightDecay: Double? = nil) {
        self.learningRateScale = learningRateScale
        self.weightDecay = weightDecay
    }

    /// No weight decay on biases, norms and embeddings.
    ///
    /// These are the parameters with less than two dimensions and those with a part of their name
    /// that contains "embedding".
    public static func decayingWeightsOnly(_ name: String, _ weight: Tensor) -> ParameterOptions {
        let decays = weight.rank >= 2 && !name.lowercased().contains("embedding")
        return ParameterOptions(weightDecay: decays ? nil : 0)
    }
}
