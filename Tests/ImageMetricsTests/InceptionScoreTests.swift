import Foundation
import ImageMetrics
import Testing
import Torch

@Suite struct InceptionScoreTests {
    private let source = RandomSource(seed: 3)

    @Test func sureAndEvenIsTheNumberOfClasses() {
        let sure = Tensor((0..<600).map { $0 % 6 }).oneHot(classes: 6, dtype: .float32) * 1000
        let found = InceptionScore(logits: sure, splits: 4)
        #expect(abs(found.mean - 6) < 1e-6 && found.deviation < 1e-6)
        #expect(abs(InceptionScore(logits: .zeros([50, 6])).mean - 1) < 1e-9)
        #expect(
            abs(InceptionScore(logits: sure.selected(at: Tensor([0, 6, 12])), splits: 1).mean - 1)
                < 1e-9
        )
    }

    /// By a double loop.
    @Test func isTheMeanDivergence() {
        let logits = Tensor.normal([12, 5], dtype: .float64, using: source)
        let scores = (0..<3).map { part -> Double in
            let rows = (0..<4).map { row -> [Double] in
                let values = logits.selected(4 * part + row).doubles().map(exp)
                return values.map { $0 / values.reduce(0, +) }
            }
            let overall = (0..<5).map { at in rows.reduce(0) { $0 + $1[at] } / 4 }
            let sum = rows.reduce(0) { sum, row in
                sum + zip(row, overall).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
            }
            return exp(sum / 4)
        }
        let found = InceptionScore(logits: logits, splits: 3)
        #expect(abs(found.mean - scores.reduce(0, +) / 3) < 1e-10)
    }
}
