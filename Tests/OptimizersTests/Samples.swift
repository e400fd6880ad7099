import Neural
import Optimizers
import Torch

/// Small things that several suites train.
enum Samples {
    /// One rule of each way to step that keeps something of its own.
    static let rules: [any UpdateRule] = [
        Adam(weightDecay: 0.1),
        Adam(amsgrad: true),
        Adam.keras(),
        AdamW(weightDecay: 0.1),
        OptimisticAdam(weightDecay: 0.1),
        Muon(weightDecay: 0.1),
        Adafactor(),
        Adafactor(weightDecay: 0.1, form: .pytorch, factoring: .lastTwo),
        Adafactor.constant(learningRate: 0.01),
        SGD(learningRate: 0.1),
        SGD(learningRate: 0.1, momentum: 0.9, nesterov: true),
        RMSprop(momentum: 0.9, centered: true),
        RMSprop.keras(momentum: 0.5),
    ]

    /// A matrix, a convolution's kernel and a vector.
    static func parameters(seed: UInt64 = 1) -> [(name: String, parameter: Parameter)] {
        let source = RandomSource(seed: seed)
        return [
            ("dense.weight", [6, 4]), ("convolution.weight", [3, 2, 5, 5]), ("dense.bias", [6]),
        ]
        .map { ($0, Parameter(wrappedValue: .normal($1, using: source))) }
    }

    /// Gradients for `parameters()` that differ from step to step.
    static func gradients(step: Int) -> [Tensor] {
        let source = RandomSource(seed: 2, stream: UInt64(step))
        return [[6, 4], [3, 2, 5, 5], [6]].map { Tensor.normal($0, using: source) }
    }

    /// A single parameter with these elements.
    static func parameter(
        _ elements: [Double],
        shape: [Int]? = nil
    ) -> [(name: String, parameter: Parameter)] {
        let tensor = Tensor(elements, shape: shape ?? [elements.count])
        return [("weight", Parameter(wrappedValue: tensor))]
    }

    /// All elements of all parameters.
    static func elements(of optimizer: Optimizer) -> [Double] {
        optimizer.weights.flatMap { $0.doubles() }
    }
}
