import Torch

/// How an optimizer changes parameters; the rule itself is the settings.
public protocol UpdateRule: Sendable {
    /// The name, as recipes and saved states have it.
    var name: String { get }
    /// The size of steps at the start.
    var learningRate: Double { get }
    /// How strongly weights are pulled towards zero.
    var weightDecay: Double { get }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    func validate() throws(OptimizerError)

    /// What is remembered from step to step about a weight, at the start.
    func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)]

    /// Changes weights and memory in place; called without recording for gradients.
    func update(_ batch: UpdateBatch)
}

/// Weights that are changed together in one step.
public struct UpdateBatch {
    /// The weights: their storage is changed.
    public let weights: [Tensor]
    /// Gradients in the order and memory layout of the weights.
    public let gradients: [Tensor]
    /// What is remembered about each weight, in the rule's order.
    public let memory: [[Tensor]]
    /// This step's number, from 1.
    public let step: Int
    /// The size of this step.
    public let learningRate: Double
    /// Share of the mean square that is kept, where a schedule says it.
    public let squareShare: Double?
    /// How strongly weights are pulled towards zero.
    public let weightDecay: Double
    /// Whether the weights are matrices inside a network.
    public let areInner: Bool

    /// One thing remembered, for all weights.
    public func remembered(_ index: Int) -> [Tensor] { memory.map { $0[index] } }
}
