import Neural
import Testing
import Torch

@Suite struct DropoutTests {
    @Test func setsAShareToZeroAndKeepsTheMean() {
        let dropout = Dropout(0.3, using: RandomSource(seed: 1))
        let output = dropout(.ones([100, 200]))
        #expect(output.shape == [100, 200])
        let values = Set(output.floats())
        #expect(values.count == 2)
        #expect(values.contains(0))
        #expect(abs(output.isEqual(to: 0).converted(to: .float32).mean().item() - 0.3) < 0.01)
        #expect(abs(output.mean().item() - 1) < 0.01)
    }

    @Test func differsFromStepToStepAndRepeatsFromASavedPlace() {
        let source = RandomSource(seed: 1)
        let dropout = Dropout(0.5, using: source)
        let state = source.state
        let first = dropout(.ones([64])).floats()
        #expect(dropout(.ones([64])).floats() != first)
        source.state = state
        #expect(dropout(.ones([64])).floats() == first)
    }

    @Test func inUseIsTheInputItself() {
        let source = RandomSource(seed: 1)
        let dropout = Dropout(0.5, using: source)
        dropout.setTraining(false)
        let input = Tensor.ones([8])
        #expect(dropout(input).sharesStorage(with: input))
        #expect(source.state.position == 0)
    }

    @Test func derivativesPassWhereElementsStay() {
        let dropout = Dropout(0.5, using: RandomSource(seed: 1))
        let input = Tensor.ones([64]).requiringGradient()
        let output = dropout(input)
        #expect(gradients(of: output.sum(), for: [input])[0].floats() == output.floats())
    }

    @Test(arguments: [-0.1, 1])
    func refusesOtherRates(_ rate: Double) async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) { [rate] in
            print(Dropout(rate, using: RandomSource(seed: 1)).rate)
        }
        #expect(result.said("expected a rate in 0 ..< 1, found \(rate)"))
    }
}
