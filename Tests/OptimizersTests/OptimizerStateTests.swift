import Neural
import Optimizers
import Testing
import Torch

@Suite struct OptimizerStateTests {
    @Test(arguments: Samples.rules)
    func resumesBitForBit(rule: any UpdateRule) throws {
        let whole = Optimizer(rule, for: Samples.parameters())
        for step in 1...10 { whole.step(Samples.gradients(step: step)) }

        let first = Optimizer(rule, for: Samples.parameters())
        for step in 1...5 { first.step(Samples.gradients(step: step)) }
        let state = first.state()
        let weights = first.weights.map { $0.copied() }
        // The saved state stays as it was when the first optimizer goes on.
        first.step(Samples.gradients(step: 99))

        let parameters = Samples.parameters(seed: 7)
        for ((_, parameter), weight) in zip(parameters, weights) { parameter.wrappedValue = weight }
        let second = Optimizer(rule, for: parameters)
        try second.load(state: state)
        #expect(second.stepCount == 5)
        for step in 6...10 { second.step(Samples.gradients(step: step)) }

        #expect(second.weights.map { $0.bytes() } == whole.weights.map { $0.bytes() })
        #expect(second.state().map(\.0) == whole.state().map(\.0))
        #expect(second.state().map { $0.1.bytes() } == whole.state().map { $0.1.bytes() })
        #expect(second.weights.map { $0.bytes() } != first.weights.map { $0.bytes() })
    }

    @Test func stateIsNamedAfterParameters() {
        let optimizer = Optimizer(Adam(), for: Samples.parameters())
        #expect(
            optimizer.state().map(\.0) == [
                "step",
                "dense.weight.mean", "dense.weight.square",
                "convolution.weight.mean", "convolution.weight.square",
                "dense.bias.mean", "dense.bias.square",
            ]
        )
        #expect(optimizer.memoryByteCount == 2 * 4 * (24 + 150 + 6))
    }

    @Test func orderOfTheStateDoesNotMatter() throws {
        let first = Optimizer(Adam(), for: Samples.parameters())
        first.step(Samples.gradients(step: 1))
        let second = Optimizer(Adam(), for: Samples.parameters())
        try second.load(state: first.state().reversed())
        #expect(second.state().map { $0.1.bytes() } == first.state().map { $0.1.bytes() })
    }

    @Test func missingNameIsRefused() {
        let optimizer = Optimizer(Adam(), for: Samples.parameters())
        let state = optimizer.state().filter { $0.0 != "dense.bias.mean" }
        #expect(
            throws: OptimizerError.missing(owner: "optimizer (adam)", names: ["dense.bias.mean"])
        ) { try optimizer.load(state: state) }
    }

    @Test func unexpectedNameIsRefused() {
        let optimizer = Optimizer(Adam(), for: Samples.parameters())
        let other = Optimizer(Adam(amsgrad: true), for: Samples.parameters())
        #expect(
            throws: OptimizerError.unexpected(
                owner: "optimizer (adam)",
                names: [
                    "dense.weight.maximum", "convolution.weight.maximum", "dense.bias.maximum",
                ]
            )
        ) { try optimizer.load(state: other.state()) }
        let twice = optimizer.state() + [("step", Tensor([1], shape: []))]
        #expect(
            throws: OptimizerError.unexpected(owner: "optimizer (adam)", names: ["step"])
        ) { try optimizer.load(state: twice) }
    }

    @Test func otherShapeOrTypeIsRefusedAndChangesNothing() throws {
        let optimizer = Optimizer(Adam(), for: Samples.parameters())
        optimizer.step(Samples.gradients(step: 1))
        let before = optimizer.state()
        let other = Optimizer(Adam(), for: Samples.parameters())
        for step in 1...3 { other.step(Samples.gradients(step: step)) }
        let replacements: [(name: String, tensor: Tensor)] = [
            ("dense.bias.square", .zeros([7])),
            ("dense.bias.square", .zeros([6], dtype: .float64)),
            ("step", Tensor(3)),
            ("step", Tensor([-1], shape: [])), ("step", Tensor([Int.max], shape: [])),
            ("step", Tensor([Int.min], shape: [])),
        ]
        for replacement in replacements {
            let state = other.state().map { $0.0 == replacement.name ? replacement : $0 }
            let error = #expect(throws: OptimizerError.self) {
                try optimizer.load(state: state.map { ($0.0, $0.1) })
            }
            #expect(error?.description.contains("'\(replacement.name)'") == true)
            #expect(optimizer.stepCount == 1)
            #expect(optimizer.state().map { $0.1.bytes() } == before.map { $0.1.bytes() })
        }
    }
}
