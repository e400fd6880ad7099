import TestSupport
import Testing
import Torch

@Suite struct ChanceTests {
    private let source = RandomSource(seed: 5)

    /// Rows of a kernel's length and of another.
    @Test(arguments: [64, 10], [DType.float32, .bfloat16])
    func figuresAndSlopesAreThoseOfTheSoftmax(_ count: Int, _ dtype: DType) {
        let logits = (Tensor.normal([3, 7, count], using: source) * 4).converted(to: dtype)
        let classes = Tensor((0..<21).map { ($0 * 5) % count }, shape: [3, 7])
        let values = Tensor.normal([count], using: source)
        let weights = Tensor.normal([3, 7], using: source)
        let long = logits.converted(to: .float32).requiringGradient()
        let leaf = logits.requiringGradient()
        let tolerance = dtype == .float32 ? 1e-5 : 0.02
        func check(_ found: Tensor, _ wanted: Tensor) {
            #expect(found.dtype == .float32)
            #expect(mismatch(found, wanted, tolerance: 1e-5) == nil)
            let slopes = gradients(of: (found * weights).sum(), for: [leaf])[0]
            let expected = gradients(of: (wanted * weights).sum(), for: [long])[0]
            #expect(slopes.dtype == dtype)
            #expect(
                mismatch(slopes.converted(to: .float32), expected, tolerance: tolerance) == nil
            )
        }
        check(
            leaf.logProbability(of: classes),
            long.logSoftmax(along: 2).gathered(classes.unsqueezed(2), along: 2).squeezed(2)
        )
        check(leaf.meanValue(values), (long.softmax(along: 2) * values).sum(over: [2]))
    }

    @Test func farLogitsAndWhatIsNoNumber() {
        var numbers = [Float](repeating: 0, count: 32)
        (numbers[0], numbers[1], numbers[16]) = (1e4, -1e4, .nan)
        let logits = Tensor(numbers, shape: [2, 16])
        let found = logits.logProbability(of: Tensor([0, 3])).floats()
        #expect(found[0] == 0)
        #expect(found[1].isNaN)
        #expect(logits.logProbability(of: Tensor([1, 0])).floats()[0] == -2e4)
        #expect(logits.meanValue(Tensor.range(to: 16).converted(to: .float32)).floats()[1].isNaN)
    }

    @Test func secondDerivativesAreThoseOfTheSoftmax() {
        let logits = Tensor.normal([2, 16], using: source).requiringGradient()
        let classes = Tensor([3, 9])
        func curvature(_ value: Tensor) -> [Float] {
            let slope = gradients(of: value.sum(), for: [logits], createsGraph: true)[0]
            return gradients(of: slope.squared().sum(), for: [logits])[0].floats()
        }
        let found = curvature(logits.logProbability(of: classes))
        let wanted = curvature(
            logits.logSoftmax(along: 1).gathered(classes.unsqueezed(1), along: 1)
        )
        #expect(zip(found, wanted).allSatisfy { abs($0 - $1) < 1e-5 })
    }
}
