import Foundation
import Testing
import Torch

/// Whether a trained `seed-dcgan` draws all ten digits, as a classifier sees them.
///
/// Runs where ATELIER_SNAPSHOT names a network-snapshot of a run on MNIST: `make accept` trains
/// one first. Otherwise it is skipped.
@Suite struct DigitsAcceptanceTests {
    private static let snapshot = ProcessInfo.processInfo.environment["ATELIER_SNAPSHOT"]

    @Test(.enabled(if: snapshot != nil, "set ATELIER_SNAPSHOT to a network-snapshot file"))
    func aClassifierSeesAllTenDigits() throws {
        let file = URL(filePath: try #require(Self.snapshot))
        let classifier = DigitsClassifier(using: RandomSource(seed: 1))
        let accuracy = try classifier.train()
        #expect(accuracy > 0.96, "the classifier itself is right on \(accuracy) of the test set")

        let (generator, description) = try generator(ofSnapshot: file)
        var counts = [Int](repeating: 0, count: 10)
        let source = RandomSource(seed: 7)
        withoutGradients {
            for _ in 0..<20 {
                let pictures = generator(
                    .normal([100, generator.latentSize], using: source),
                    labels: nil
                )
                for label in classifier(pictures).argmax(along: 1).elements(as: Int.self) {
                    counts[label] += 1
                }
            }
        }
        print("of 2,000 drawings of \(description.images) images: \(counts)")
        #expect(counts.allSatisfy { $0 > 0 }, "digits 0 to 9 were seen \(counts) times")
    }
}
