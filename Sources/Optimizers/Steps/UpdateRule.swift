import Torch

/// How an optimizer changes parameters; the rule itself is the settings.
package protocol UpdateRule: Sendable {
    var learningRate: Double { get }
    var weightDecay: Double { get }

    /// Checks the settings by arithmetic alone.
    func validate() throws(OptimizerError)

    /// What is remembered from step to step about a weight, at the start.
    func memory(for weight: Tensor) -> [(name: String, tensor: Tensor)]

    /// Changes weights and memory in place; called without recording for gradients.
    func update(_ batch: UpdateBatch)
}

/// Weights that are changed together in one step.
package struct UpdateBatch {
    /// The weights: their storage is changed.
    let weights: [Tensor]
    /// Gradients in the order and memory layout of the weights.
    let gradients: [Tensor]
    /// What is remembered about each weight, in the rule's order.
    let memory: [[Tensor]]
    /// This step's number, from 1.
    let step: Int
    let learningRate: Double
    let squareShare: Double?
    let weightDecay: Double

    /// One thing remembered, for all weights.
    func remembered(_ index: Int) -> [Tensor] { memory.map { $0[index] } }
}
