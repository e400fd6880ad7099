import Neural
import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct MuonTests {
    private let source = RandomSource(seed: 3)

    private func optimizer(
        _ rule: any UpdateRule,
        _ weight: Tensor,
        isInner: Bool
    ) -> Optimizer {
        Optimizer(rule, for: [("weight", Parameter(wrappedValue: weight.copied()))]) { _, _ in
            var options = ParameterOptions()
            options.isInner = isInner
            return options
        }
    }

    /// The first step goes along all directions of the gradient alike: U Vᵀ, in the size of AdamW's steps.
    @Test(arguments: [[6, 4], [4, 6], [5, 5], [6, 2, 3, 3], [3, 40], [1, 5]])
    func allDirectionsAreAlike(_ shape: [Int]) {
        let weight = Tensor.normal(shape, dtype: .float64, using: source)
        let gradient = Tensor.normal(shape, dtype: .float64, using: source)
        let optimizer = optimizer(
            Muon(learningRate: 0.5, weightDecay: 0),
            weight,
            isInner: true
        )
        optimizer.step([gradient])
        let rows = shape[0]
        let step = (weight - optimizer.weights[0]).reshaped([rows, -1])
        let scale = 0.5 * 0.2 * Double(max(rows, step.size(1))).squareRoot()
        let (left, _, right) = gradient.reshaped([rows, -1]).singularValues()
        let rank = min(rows, step.size(1))
        // In the gradient's own directions the step is diagonal, with numbers near one: small ones grow 485-fold in
        // five steps.
        let found =
            left.sliced(0..<rank, along: 1).transposed(0, 1).multiplied(by: step)
            .multiplied(by: right.sliced(0..<rank, along: 0).transposed(0, 1)) / scale
        let numbers = found.doubles()
        for row in 0..<rank {
            for column in 0..<rank {
                let number = numbers[row * rank + column]
                if row == column {
                    #expect((0.4...1.3).contains(number), "\(number) at \(row)")
                } else {
                    #expect(abs(number) < 1e-9, "\(number) at \(row), \(column)")
                }
            }
        }
    }

    /// Wide and tall matrices, whose factors are found first, step as their square parts do: what a matrix of twice as
    /// many columns, half of them nothing, does.
    @Test(arguments: [DType.float32, .float64]) func wideMatricesStepAlike(_ dtype: DType) {
        let narrow = Tensor.normal([24, 40], dtype: dtype, using: source)
        let wide = Tensor.concatenated([narrow, .zeros([24, 40], dtype: dtype)], along: 1)
        func step(_ gradient: Tensor) -> Tensor {
            let weight = Tensor.zeros(gradient.shape, dtype: dtype)
            let optimizer = optimizer(
                Muon(learningRate: 1, weightDecay: 0),
                weight,
                isInner: true
            )
            optimizer.step([gradient])
            return optimizer.weights[0]
        }
        let plain = step(narrow) * 2.0.squareRoot()
        let tolerance = dtype == .float64 ? 1e-10 : 1e-4
        #expect(
            mismatch(step(wide).sliced(0..<40, along: 1), plain, tolerance: tolerance) == nil
        )
        let tall = step(wide.transposed(0, 1)).transposed(0, 1)
        #expect(mismatch(tall.sliced(0..<40, along: 1), plain, tolerance: tolerance) == nil)
    }

    /// The size of a gradient is nothing to a matrix, and what came before is kept by `momentum`.
    @Test func sizesDoNotCount() {
        let weight = Tensor.normal([4, 6], dtype: .float64, using: source)
        let gradients = (0..<3).map { _ in Tensor.normal([4, 6], dtype: .float64, using: source) }
        let results = [1.0, 1000].map { size in
            let optimizer = optimizer(Muon(learningRate: 0.1), weight, isInner: true)
            for gradient in gradients { optimizer.step([gradient * size]) }
            return optimizer.weights[0]
        }
        #expect(mismatch(results[0], results[1], tolerance: 1e-9) == nil)
        let forgetful = optimizer(Muon(learningRate: 0.1, momentum: 0), weight, isInner: true)
        for gradient in gradients { forgetful.step([gradient]) }
        #expect(mismatch(forgetful.weights[0], results[0], tolerance: 1e-3) != nil)
    }

    /// Other weights learn as with AdamW.
    @Test func otherWeightsFollowAdamW() {
        let weight = Tensor.normal([4, 6], dtype: .float64, using: source)
        let rules: [any UpdateRule] = [
            Muon(learningRate: 0.1, weightDecay: 0.3, beta1: 0.8, beta2: 0.9, epsilon: 1e-6),
            AdamW(learningRate: 0.1, beta1: 0.8, beta2: 0.9, epsilon: 1e-6, weightDecay: 0.3),
        ]
        let results = rules.map { rule in
            let optimizer = optimizer(rule, weight, isInner: false)
            for step in 1...4 { optimizer.step([weight * Double(step)]) }
            return optimizer.weights[0].doubles()
        }
        #expect(results[0] == results[1])
    }

    /// A step first takes learning rate times decay of the weights away.
    @Test func weightsDecay() {
        let weight = Tensor.normal([3, 3], dtype: .float64, using: source)
        let optimizer = optimizer(
            Muon(learningRate: 0.1, weightDecay: 0.5),
            weight,
            isInner: true
        )
        optimizer.step([.zeros([3, 3], dtype: .float64)])
        #expect(mismatch(optimizer.weights[0], weight * 0.95, tolerance: 1e-12) == nil)
    }

    /// Matrices inside a network, and no others, step along their directions.
    @Test func matricesInsideANetworkAreKnown() {
        final class Network: Module {
            let table = Embedding(count: 5, width: 4, using: RandomSource(seed: 1))
            let layers = [
                Dense(inputs: 4, outputs: 6, using: RandomSource(seed: 1)),
                Dense(inputs: 6, outputs: 1, using: RandomSource(seed: 1)),
            ]
            let maps = Convolution2D(
                inputs: 2,
                outputs: 3,
                kernel: 3,
                using: RandomSource(seed: 1)
            )
            let logits = Dense(inputs: 6, outputs: 5, using: RandomSource(seed: 1))
        }
        let network = Network()
        network.logits.isOuter = true
        #expect(network.innerWeights == ["layers.0.weight", "maps.weight"])
        #expect(network.logits.innerWeights.isEmpty)
        // An optimizer of a module finds them by itself: only their steps are all of one size.
        let optimizer = Optimizer(Muon(learningRate: 0.1, weightDecay: 0), for: network)
        let before = optimizer.weights.map { $0.copied() }
        let gradients = before.map {
            Tensor.normal($0.shape, using: RandomSource(seed: 3)) * 1e-3
        }
        optimizer.step(gradients)
        for (index, name) in network.members.parameters.map(\.name).enumerated() {
            let step = optimizer.weights[index] - before[index]
            let isInner = network.innerWeights.contains(name)
            // AdamW's first step is the rate, whatever the gradient.
            let isEven = (step.absolute() - 0.1).absolute().max().item() < 1e-3
            #expect(isEven != isInner, "\(name)")
        }
    }
}
