import Neural
import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct OptimizerTests {
    @Test(arguments: Samples.rules)
    func findsTheBottomOfABowl(rule: any UpdateRule) {
        let start: [Double] = [3, -2, 1, -1, 2, 0.5]
        let optimizer = Optimizer(rule, for: Samples.parameter(start, shape: [3, 2]))
        // Unequal slopes: 1, 2, …, 6 times half the square of each.
        let slopes = Tensor([1, 2, 3, 4, 5, 6] as [Double], shape: [3, 2])
        func loss() -> Tensor { (optimizer.weights[0].squared() * slopes).sum() / 2 }
        let before = loss().item()
        for step in 0..<400 {
            optimizer.learningRate = 0.1 * (1 - Double(step) / 400)
            optimizer.step(gradients(of: loss(), for: optimizer.weights))
        }
        #expect(loss().item() < 1e-3 * before)
    }

    @Test func stepKeepsStorageAndLeaf() {
        let parameters = Samples.parameters()
        let before = parameters.map(\.parameter.wrappedValue)
        let copies = before.map { $0.copied() }
        let optimizer = Optimizer(Adam(), for: parameters)
        optimizer.step(Samples.gradients(step: 1))
        for (index, (_, parameter)) in parameters.enumerated() {
            #expect(parameter.wrappedValue.handle === before[index].handle)
            #expect(parameter.wrappedValue.requiresGradient)
            #expect(before[index].doubles() != copies[index].doubles())
        }
    }

    @Test func moduleGivesItsParametersInOrder() {
        final class Pair: Module {
            @Parameter var second = Tensor([1.0, 2] as [Double])
            @Parameter var first = Tensor([3.0] as [Double])
        }
        let optimizer = Optimizer(SGD(learningRate: 1), for: Pair())
        #expect(optimizer.parameters.map(\.name) == ["second", "first"])
        optimizer.step([Tensor([1.0, 1] as [Double]), Tensor([2.0] as [Double])])
        #expect(optimizer.weights.map { $0.doubles() } == [[0, 1], [1]])
    }

    @Test func optionsScaleRateAndDecay() {
        let parameters = Samples.parameters()
        let before = parameters.map { $0.parameter.wrappedValue.doubles() }
        let optimizer = Optimizer(
            SGD(learningRate: 0.5, weightDecay: 0.5),
            for: parameters
        ) { name, weight in
            name == "convolution.weight"
                ? ParameterOptions(learningRateScale: 0.1)
                : ParameterOptions.decayingWeightsOnly(name, weight)
        }
        optimizer.step(parameters.map { $0.parameter.wrappedValue.zerosLike() })
        let after = optimizer.weights.map { $0.doubles() }
        // Nothing but decay moves them: 1 − rate × decay, and not at all for the bias.
        for (index, factor) in [0.75, 0.975, 1].enumerated() {
            let expected = before[index].map { $0 * factor }
            #expect(mismatch(after[index], expected, tolerance: 1e-6) == nil)
        }
    }

    @Test(arguments: Samples.rules)
    func memoryLayoutDoesNotMatter(rule: any UpdateRule) {
        let plain = Optimizer(rule, for: Samples.parameters())
        let shuffled = Samples.parameters()
        let kernel = shuffled[1].parameter
        kernel.wrappedValue = kernel.wrappedValue.channelsLast()
        let other = Optimizer(rule, for: shuffled)
        for step in 1...3 {
            let gradients = Samples.gradients(step: step)
            plain.step(gradients)
            // The transposed copy of a transposed copy has the elements in another order in memory.
            other.step([gradients[0].transposed().contiguous().transposed()] + gradients[1...])
            // A model may change the layout of its weights between steps.
            if step == 2 {
                let weight = shuffled[0].parameter.wrappedValue
                shuffled[0].parameter.wrappedValue = weight.transposed().contiguous().transposed()
            }
        }
        #expect(kernel.wrappedValue.isChannelsLast)
        #expect(!shuffled[0].parameter.wrappedValue.isContiguous)
        for (left, right) in zip(plain.weights, other.weights) {
            #expect(mismatch(left, right, tolerance: 1e-6) == nil)
        }
    }

    @Test func longGradientsAreShortened() {
        let optimizer = Optimizer(SGD(learningRate: 1), for: Samples.parameter([0, 0]))
        let gradient = Tensor([3, 4] as [Double])
        optimizer.gradientLimit = 10
        optimizer.step([gradient])
        #expect(optimizer.gradientNorm?.item() == 5)
        #expect(Samples.elements(of: optimizer) == [-3, -4])
        optimizer.gradientLimit = 1
        optimizer.step([gradient])
        #expect(optimizer.gradientNorm?.item() == 5)
        let found = mismatch(Samples.elements(of: optimizer), [-3.6, -4.8], tolerance: 1e-6)
        #expect(found == nil)
        #expect(gradient.doubles() == [3, 4])
    }

    @Test func gradientsThatShareStorageAreShortenedOnce() {
        let parameters = [0.0, 1.0].enumerated().map { index, value in
            (name: "\(index)", parameter: Parameter(wrappedValue: Tensor(value, dtype: .float64)))
        }
        let optimizer = Optimizer(SGD(learningRate: 1), for: parameters)
        optimizer.gradientLimit = 1
        let shared = Tensor(5, dtype: .float64)
        optimizer.step([shared, shared])
        let share = 5 / (50.0.squareRoot() + 1e-6)
        #expect(
            mismatch(Samples.elements(of: optimizer), [-share, 1 - share], tolerance: 1e-12) == nil
        )
    }

    @Test func gradientsAreMeasuredOnRequest() {
        let optimizer = Optimizer(SGD(learningRate: 1), for: Samples.parameter([0, 0]))
        optimizer.step([Tensor([3, 4] as [Double])])
        #expect(optimizer.gradientNorm == nil)
        optimizer.measuresGradients = true
        optimizer.step([Tensor([6, 8] as [Double])])
        #expect(optimizer.gradientNorm?.item() == 10)
        #expect(Samples.elements(of: optimizer) == [-9, -12])
    }

    /// In a process of its own, where nothing else makes tensors.
    @Test func thousandStepsLeakNothing() async {
        await #expect(processExitsWith: .success) {
            for rule in Samples.rules {
                let optimizer = Optimizer(rule, for: Samples.parameters())
                optimizer.gradientLimit = 1
                let gradients = Samples.gradients(step: 1)
                withExtendedLifetime((optimizer, gradients)) {
                    optimizer.step(gradients)
                    let before = Tensor.liveHandles
                    for _ in 0..<1000 { optimizer.step(gradients) }
                    guard Tensor.liveHandles == before else {
                        fatalError("\(before) handles, then \(Tensor.liveHandles)")
                    }
                }
            }
        }
    }

    @Test func gradientOfAnotherShapeStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let optimizer = Optimizer(SGD(), for: Samples.parameter([0, 0]))
            optimizer.step([Tensor([1, 2, 3] as [Double])])
        }
        try #expect(message(result).contains("'weight' is float64[2] on cpu, its gradient"))
    }

    @Test func gradientOfAnotherTypeStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let optimizer = Optimizer(SGD(), for: Samples.parameter([0, 0]))
            optimizer.step([Tensor([1, 2] as [Float])])
        }
        try #expect(message(result).contains("its gradient float32[2] on cpu"))
    }

    @Test func missingGradientStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let optimizer = Optimizer(SGD(), for: Samples.parameter([0, 0]))
            optimizer.step([])
        }
        try #expect(message(result).contains("1 parameters, 0 gradients"))
    }

    @Test func invalidSettingStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let rule = Adam(beta1: 1)
            _ = Optimizer(rule, for: Samples.parameters())
        }
        try #expect(message(result).contains("Setting 'beta1' is 1.0"))
    }

    @Test func parameterThatIsThereTwiceStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let parameters = Samples.parameter([1])
            let again = [(name: "again", parameter: parameters[0].parameter)]
            _ = Optimizer(SGD(), for: parameters + again)
        }
        try #expect(message(result).contains("is there twice"))
    }

    private func message(_ result: ExitTest.Result?) throws -> String {
        String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    }
}
