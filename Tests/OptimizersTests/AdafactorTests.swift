import Neural
import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct AdafactorTests {
    private let still = Adafactor(learningRate: 1, shrinksWithTime: false, scalesByParameter: false)

    @Test func memoryIsRowsAndColumns() {
        let parameters = [
            (name: "matrix", parameter: Parameter(wrappedValue: .zeros([300, 200]))),
            (name: "kernel", parameter: Parameter(wrappedValue: .zeros([64, 32, 5, 5]))),
            (name: "bias", parameter: Parameter(wrappedValue: .zeros([64]))),
        ]
        let optimizer = Optimizer(Adafactor(), for: parameters)
        #expect(optimizer.memoryByteCount == 4 * (300 + 200 + 64 + 32 * 25 + 64))
        #expect(
            optimizer.state().map(\.1.shape).dropFirst() == [
                [300, 1], [1, 200], [64, 1], [1, 800], [64],
            ]
        )
        let lastTwo = Optimizer(Adafactor(factoring: .lastTwo), for: parameters)
        #expect(lastTwo.memoryByteCount == 4 * (300 + 200 + 64 * 32 * (5 + 5) + 64))
    }

    /// Where the squares are a product of rows and columns, nothing is lost by keeping only these.
    @Test(arguments: Adafactor.Form.allCases)
    func factoredIsWholeForRankOneSquares(form: Adafactor.Form) {
        let rows = Tensor([1, -2, 0.5] as [Double]).reshaped([3, 1])
        let columns = Tensor([0.3, 4, -1, 2] as [Double]).reshaped([1, 4])
        var settings = still
        settings.form = form
        let matrix = Optimizer(
            settings,
            for: Samples.parameter(Array(repeating: 0, count: 12), shape: [3, 4])
        )
        let vector = Optimizer(
            settings,
            for: Samples.parameter(Array(repeating: 0, count: 12))
        )
        for step in 1...4 {
            let gradient = rows * columns * Double(step)
            matrix.step([gradient])
            vector.step([gradient.reshaped([12])])
        }
        let found = mismatch(
            Samples.elements(of: matrix),
            Samples.elements(of: vector),
            tolerance: 1e-10
        )
        #expect(found == nil)
        #expect(Samples.elements(of: matrix).allSatisfy { $0 != 0 })
    }

    @Test func convolutionIsItsMatrix() {
        let source = RandomSource(seed: 5)
        let start = Tensor.normal([4, 3, 2, 2], dtype: .float64, using: source)
        let shapes = [[4, 3, 2, 2], [4, 12]]
        let optimizers = shapes.map { shape in
            Optimizer(
                Adafactor(),
                for: Samples.parameter(start.doubles(), shape: shape)
            )
        }
        for _ in 0..<3 {
            let gradient = Tensor.normal([4, 12], dtype: .float64, using: source)
            for (optimizer, shape) in zip(optimizers, shapes) {
                optimizer.step([gradient.reshaped(shape)])
            }
        }
        #expect(Samples.elements(of: optimizers[0]) == Samples.elements(of: optimizers[1]))
        #expect(Samples.elements(of: optimizers[0]) != start.doubles())
    }

    @Test func constantRateIgnoresTimeAndScale() {
        for scale in [1e-3, 1, 1e3] {
            let optimizer = Optimizer(
                Adafactor.constant(learningRate: 0.25),
                for: Samples.parameter([scale, -scale])
            )
            for _ in 0..<100 { optimizer.step([Tensor([2, -2] as [Double])]) }
            let expected = [scale - 25, -scale + 25]
            #expect(mismatch(Samples.elements(of: optimizer), expected, tolerance: 1e-10) == nil)
        }
    }

    @Test func relativeRateFollowsTimeAndScale() {
        let optimizer = Optimizer(
            Adafactor(learningRate: 1e-2),
            for: Samples.parameter([100, -100])
        )
        optimizer.step([Tensor([1, 1] as [Double])])
        // 1e-2 of the root mean square.
        #expect(mismatch(Samples.elements(of: optimizer), [99, -101], tolerance: 1e-10) == nil)
        let small = Optimizer(
            Adafactor(learningRate: 10, scaleEpsilon: 10),
            for: Samples.parameter([0, 0])
        )
        for sign in [1.0, -1, 1, -1] { small.step([Tensor([sign, sign])]) }
        // Rates 1/√t times the least scale, forth and back.
        let sum: Double = 5 - 10 / 2.0.squareRoot() + 10 / 3.0.squareRoot()
        #expect(mismatch(Samples.elements(of: small), [-sum, -sum], tolerance: 1e-10) == nil)
    }

    @Test func updateIsClipped() {
        let optimizer = Optimizer(still, for: Samples.parameter([0]))
        optimizer.step([Tensor([1e-3] as [Double])])
        optimizer.step([Tensor([1e3] as [Double])])
        // The second update would be 1 / √(2^-0.8) = 1.32 without clipping.
        #expect(abs(Samples.elements(of: optimizer)[0] + 2) < 1e-9)
    }

    @Test(arguments: Adafactor.Form.allCases, Adafactor.Factoring.allCases)
    func zeroGradientsMoveNothing(form: Adafactor.Form, factoring: Adafactor.Factoring) {
        let optimizer = Optimizer(
            Adafactor(form: form, factoring: factoring),
            for: Samples.parameters()
        )
        let before = Samples.elements(of: optimizer)
        optimizer.step(optimizer.weights.map { $0.zerosLike() })
        #expect(Samples.elements(of: optimizer) == before)
    }
}
