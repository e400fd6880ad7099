import Neural
import TestSupport
import Testing
import Torch

@Suite struct InitializerTests {
    private let fans = Fans(inputs: 50, outputs: 150)

    private func draw(_ initializer: Initializer, _ shape: [Int] = [200, 500]) -> Tensor {
        initializer.draw(shape, fans: fans, using: RandomSource(seed: 3))
    }

    /// Largest size and deviation of what is drawn.
    private func spread(_ initializer: Initializer) -> (largest: Double, deviation: Double) {
        let drawn = draw(initializer)
        return (drawn.absolute().max().item(), drawn.standardDeviation().item())
    }

    @Test func constants() {
        #expect(draw(.zeros, [3]).floats() == [0, 0, 0])
        #expect(draw(.ones, [2]).floats() == [1, 1])
        #expect(draw(.constant(0.5), [2]).floats() == [0.5, 0.5])
    }

    @Test(arguments: [
        (Initializer.uniform(bound: 0.2), 0.2),
        (.glorotUniform, 0.173_205),  // √(6 / 200)
        (.heUniform, 0.346_410),  // √(6 / 50)
        (.torchDefault, 0.141_421),  // 1 / √50
    ])
    func evenOnesReachTheirBound(_ initializer: Initializer, _ bound: Double) {
        let (largest, deviation) = spread(initializer)
        #expect(largest <= bound * 1.000_01)
        #expect(largest > bound * 0.999)
        #expect(abs(deviation / (bound / 3.0.squareRoot()) - 1) < 0.01)
    }

    @Test(arguments: [
        (Initializer.normal(deviation: 0.02), 0.02),
        (.glorotNormal, 0.1),  // √(2 / 200)
        (.heNormal, 0.2),  // √(2 / 50)
        (.truncatedNormal(deviation: 1), 0.879_626),
    ])
    func normalOnesHaveTheirDeviation(_ initializer: Initializer, _ deviation: Double) {
        #expect(abs(spread(initializer).deviation / deviation - 1) < 0.01)
    }

    @Test func cutOnesEndAtTwoDeviations() {
        #expect(spread(.truncatedNormal(deviation: 1)).largest <= 2)
        #expect(spread(.glorotNormal).largest <= 0.2 / 0.8796)
        #expect(spread(.normal(deviation: 1)).largest > 3)
    }

    @Test func normalOnesHaveTheirMean() {
        let drawn = draw(.normal(mean: 1, deviation: 0.02))
        #expect(abs(drawn.mean().item() - 1) < 0.001)
    }

    @Test(arguments: [[4, 9], [9, 4], [6, 2, 3, 3]])
    func orthogonalRowsOrColumns(_ shape: [Int]) {
        let matrix = draw(.orthogonal(gain: 2), shape).converted(to: .float64)
            .reshaped([shape[0], -1])
        let (rows, columns) = matrix.shape2
        let product =
            rows <= columns
            ? matrix.multiplied(by: matrix.transposed())
            : matrix.transposed().multiplied(by: matrix)
        let expected = Tensor.identity(min(rows, columns), dtype: .float64) * 4
        #expect(mismatch(product, expected, tolerance: 1e-6) == nil)
    }

    @Test func equalSourcesDrawEqualNumbers() {
        for initializer in [Initializer.glorotUniform, .heNormal, .orthogonal()] {
            #expect(draw(initializer, [8, 8]).bytes() == draw(initializer, [8, 8]).bytes())
        }
        let source = RandomSource(seed: 3)
        let first = Initializer.heNormal.draw([8], fans: fans, using: source)
        #expect(first.bytes() != Initializer.heNormal.draw([8], fans: fans, using: source).bytes())
    }

    /// The bounds tell the fans: √(6 / (inputs + outputs)) and √(6 / inputs).
    @Test func fansOfLayersAreThoseOfKerasAndPyTorch() {
        let source = RandomSource(seed: 3)
        func bound(_ weight: Tensor) -> Double { weight.absolute().max().item() }
        func isClose(_ bound: Double, _ inputs: Double) -> Bool {
            abs(bound / (6 / inputs).squareRoot() - 1) < 0.01
        }
        let dense = Dense(inputs: 100, outputs: 300, initializer: .heUniform, using: source)
        #expect(isClose(bound(dense.weight), 100))
        let convolution = Convolution2D(
            inputs: 32,
            outputs: 64,
            kernel: 5,
            groups: 2,
            initializer: .heUniform,
            using: source
        )
        #expect(isClose(bound(convolution.weight), 16 * 25))
        let transposed = TransposeConvolution2D(
            inputs: 32,
            outputs: 64,
            kernel: 5,
            groups: 2,
            initializer: .heUniform,
            using: source
        )
        // Exchanged, as both libraries read them off the kernel's shape.
        #expect(isClose(bound(transposed.weight), 32 * 25))
        let both = TransposeConvolution2D(
            inputs: 32,
            outputs: 64,
            kernel: 5,
            initializer: .glorotUniform,
            using: source
        )
        #expect(isClose(bound(both.weight), 96 * 25))
    }

    @Test func biasesFollowPyTorchWithItsDefaultAndAreZeroOtherwise() throws {
        let source = RandomSource(seed: 3)
        let plain = Dense(inputs: 4, outputs: 1000, using: source)
        let torch = Dense(inputs: 4, outputs: 1000, initializer: .torchDefault, using: source)
        let given = Dense(
            inputs: 4,
            outputs: 2,
            biasInitializer: .constant(3),
            using: source
        )
        #expect(try #require(plain.bias).wrappedValue.absolute().max().item() == 0)
        let largest = try #require(torch.bias).wrappedValue.absolute().max().item()
        #expect(largest > 0.49 && largest <= 0.5)
        #expect(given.bias?.wrappedValue.floats() == [3, 3])
    }
}
