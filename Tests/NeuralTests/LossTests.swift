import Foundation
import Neural
import TestSupport
import Testing
import Torch

@Suite struct LossTests {
    private let logits = [-300, -2, -0.5, 0, 0.5, 2, 300] as [Double]

    @Test func binaryCrossEntropyIsSafeForAnySize() {
        for target in [0, 0.25, 1] {
            let expected = logits.map { max($0, 0) - $0 * target + log1p(exp(-abs($0))) }
            let each = Loss.binaryCrossEntropy(
                logits: Tensor(logits),
                target: target,
                reduction: .none
            )
            #expect(mismatch(each.doubles(), expected, tolerance: 1e-13) == nil)
            let mean = Loss.binaryCrossEntropy(logits: Tensor(logits), target: target)
            #expect(mean.shape == [])
            #expect(abs(mean.item() - expected.reduce(0, +) / 7) < 1e-12)
            let targets = Tensor.full([7], target, dtype: .float64)
            let sum = Loss.binaryCrossEntropy(
                logits: Tensor(logits),
                targets: targets,
                reduction: .sum
            )
            #expect(abs(sum.item() - expected.reduce(0, +)) < 1e-11)
        }
        let leaf = Tensor(logits).requiringGradient()
        let loss = Loss.binaryCrossEntropy(logits: leaf, target: 1, reduction: .sum)
        let slopes = gradients(of: loss, for: [leaf])[0].doubles()
        let expected = logits.map { 1 / (1 + exp(-$0)) - 1 }
        #expect(mismatch(slopes, expected, tolerance: 1e-13) == nil)
    }

    @Test func crossEntropyOfClasses() {
        let scores = Tensor([1, 2, 3, 1000, 0, -1000] as [Double], shape: [2, 3])
        let classes = Tensor([2, 0])
        let first = -3 + log(exp(1.0) + exp(2.0) + exp(3.0))
        let each = Loss.crossEntropy(logits: scores, targets: classes, reduction: .none)
        #expect(each.shape == [2])
        #expect(mismatch(each.doubles(), [first, 0], tolerance: 1e-13) == nil)
        let mean = Loss.crossEntropy(logits: scores, targets: classes)
        #expect(abs(mean.item() - first / 2) < 1e-13)
        let hot = classes.oneHot(classes: 3, dtype: .float64)
        let soft = Loss.crossEntropy(logits: scores, targets: hot)
        #expect(abs(soft.item() - mean.item()) < 1e-13)
    }

    @Test func smoothedLabelsAreMixedWithAllClasses() {
        let scores = Tensor([0.3, -1.2, 2.0], shape: [1, 3])
        let logs = scores.logSoftmax(along: 1).doubles()
        let loss = Loss.crossEntropy(logits: scores, targets: Tensor([1]), labelSmoothing: 0.3)
        let expected = -0.7 * logs[1] - 0.1 * logs.reduce(0, +)
        #expect(abs(loss.item() - expected) < 1e-13)
    }

    @Test func weightedMeansDivideByTheWeights() {
        let scores = Tensor([0.3, -1.2, 2.0, 0.1], shape: [2, 2])
        let logs = scores.logSoftmax(along: 1).doubles()
        let loss = Loss.crossEntropy(
            logits: scores,
            targets: Tensor([0, 1]),
            weights: Tensor([1.0, 3.0])
        )
        #expect(abs(loss.item() + (logs[0] + 3 * logs[3]) / 4) < 1e-13)
    }

    @Test func crossEntropyOfPictures() {
        let loss = Loss.crossEntropy(
            logits: .zeros([2, 4, 3, 5]),
            targets: .zeros([2, 3, 5], dtype: .int64),
            reduction: .none
        )
        #expect(loss.shape == [2, 3, 5])
        #expect(abs(loss.mean().item() - log(4.0)) < 1e-6)
    }

    @Test func distances() {
        let outputs = Tensor([1.0, 2.0, 5.0])
        let targets = Tensor([1.5, 2.0, 1.0])
        #expect(Loss.squaredError(outputs, targets, reduction: .none).doubles() == [0.25, 0, 16])
        #expect(Loss.squaredError(outputs, targets, reduction: .sum).item() == 16.25)
        #expect(Loss.absoluteError(outputs, targets, reduction: .none).doubles() == [0.5, 0, 4])
        #expect(Loss.absoluteError(outputs, targets).item() == 1.5)
        #expect(Loss.huber(outputs, targets, reduction: .none).doubles() == [0.125, 0, 3.5])
        let wide = Loss.huber(outputs, targets, delta: 2, reduction: .none)
        #expect(wide.doubles() == [0.125, 0, 6])
    }

    @Test func secondDerivativesAreRight() {
        let source = RandomSource(seed: 5)
        let scores = Tensor.normal([3, 4], dtype: .float64, using: source)
        let targets = Tensor.normal([3, 4], dtype: .float64, using: source)
        let check = GradientCheck()
        #expect(
            check.mismatch(at: [scores]) { Loss.binaryCrossEntropy(logits: $0[0], target: 0.9) }
                == nil
        )
        #expect(
            check.mismatch(at: [scores]) {
                Loss.crossEntropy(logits: $0[0], targets: Tensor([0, 3, 1]), labelSmoothing: 0.1)
            } == nil
        )
        #expect(
            check.mismatch(at: [scores, targets]) { Loss.squaredError($0[0], $0[1]) } == nil
        )
    }
}
