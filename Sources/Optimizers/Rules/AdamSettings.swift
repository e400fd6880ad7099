import Foundation
import Settings
import Torch

/// What Adam and AdamW have in common: everything but how weights decay.
package protocol AdamSettings: UpdateRule {
    /// libtorch's operator for all weights at once.
    static var kernel: Operator { get }

    var beta1: Double { get }
    var beta2: Double { get }
    var epsilon: Double { get }
    var amsgrad: Bool { get }
    var epsilonPlacement: EpsilonPlacement { get }
}

extension AdamSettings {
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
        let names = ["mean", "square"] + (amsgrad ? ["maximum"] : [])
        return names.map { ($0, weight.zerosLike()) }
    }

    /// Changes weights and memory in place.
    public func update(_ batch: UpdateBatch) {
        let weights = batch.weights
        let beta2 = batch.squareShare ?? beta2
        let step = Tensor(Double(batch.step), device: weights[0].device)
        _ = Self.kernel.several(
            .tensors(weights.map(\.inMemoryOrder)),
            .tensors(batch.gradients.map(\.inMemoryOrder)),
            .tensors(batch.remembered(0).map(\.inMemoryOrder)),
            .tensors(batch.remembered(1).map(\.inMemoryOrder)),
            .tensors(amsgrad ? batch.remembered(2).map(\.inMemoryOrder) : []),
            .tensors(weights.map { _ in step }),
            .real(batch.learningRate),
            .real(beta1),
            .real(beta2),
            .real(batch.weightDecay),
            .real(kernelEpsilon(step: batch.step, beta2)),
            .boolean(amsgrad),
            .boolean(false)
        )
    }

    /// The kernel adds ε to √v / √(1 − β₂ᵗ); a larger ε there is the same as ε before correcting.
    private func kernelEpsilon(step: Int, _ beta2: Double) -> Double {
        switch epsilonPlacement {
        case .corrected: epsilon
        case .uncorrected: epsilon / (1 - pow(beta2, Double(step))).squareRoot()
        }
    }
}
