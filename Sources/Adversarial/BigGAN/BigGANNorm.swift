import Neural
import Torch

/// What all norms of a drawing are told.
struct BigGANAsked {
    /// Latent numbers and the numbers of the class, N×condition.
    let condition: Tensor
    /// Which statistics count.
    let truncation: BigGANTruncation
}

/// Batch normalisation by kept statistics, scaled and shifted by what is asked for, then ReLU.
final class BigGANNorm: Module {
    @Buffer private var means: Tensor
    @Buffer private var variances: Tensor
    @Buffer private var scale: Tensor
    @Buffer private var offset: Tensor
    private let epsilon: Double

    init(_ name: String, epsilon: Double, _ tensors: BigGANTensors) throws {
        means = try tensors.plain("\(name).running_means")
        variances = try tensors.variances("\(name).running_vars")
        scale = try tensors.normed("\(name).scale")
        offset = try tensors.normed("\(name).offset")
        self.epsilon = epsilon
    }

    func callAsFunction(_ map: Tensor, _ asked: BigGANAsked) -> Tensor {
        let (mean, variance) = (asked.truncation(means), asked.truncation(variances))
        let factor = asked.condition.linear(weight: scale) + 1
        let shift = asked.condition.linear(weight: offset)
        guard map.size(0) > 1 else {
            return map.normalizedRelu(mean, variance, epsilon, by: factor[0], plus: shift[0])
        }
        let own = factor / (variance + epsilon).squareRoot()
        let rest = shift - mean * own
        func spread(_ rows: Tensor) -> Tensor { rows.unsqueezed(-1).unsqueezed(-1) }
        return (map * spread(own) + spread(rest)).relu()
    }
}

/// Batch normalisation by kept statistics, the same for all classes, then ReLU.
final class BigGANLastNorm: Module {
    @Buffer private var means: Tensor
    @Buffer private var variances: Tensor
    @Buffer private var scale: Tensor
    @Buffer private var offset: Tensor
    private let epsilon: Double

    init(_ name: String, epsilon: Double, _ tensors: BigGANTensors) throws {
        means = try tensors.plain("\(name).running_means")
        variances = try tensors.variances("\(name).running_vars")
        scale = try tensors.plain("\(name).weight")
        offset = try tensors.plain("\(name).bias")
        self.epsilon = epsilon
    }

    func callAsFunction(_ map: Tensor, _ truncation: BigGANTruncation) -> Tensor {
        map.normalizedRelu(
            truncation(means),
            truncation(variances),
            epsilon,
            by: scale,
            plus: offset
        )
    }
}

extension Tensor {
    /// Channels normalised by statistics that are given, the same for all pictures; nothing below zero.
    fileprivate func normalizedRelu(
        _ mean: Tensor,
        _ variance: Tensor,
        _ epsilon: Double,
        by factor: Tensor,
        plus shift: Tensor
    ) -> Tensor {
        batchNormalized(
            scale: factor,
            shift: shift,
            runningMean: mean,
            runningVariance: variance,
            isTraining: false,
            momentum: 0,
            epsilon: epsilon
        ).relu()
    }
}
