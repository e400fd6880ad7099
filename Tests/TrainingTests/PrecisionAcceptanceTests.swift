import Adversarial
import Foundation
import ImageMetrics
import Runs
import TestSupport
import Testing
import Torch

/// Whether training in bfloat16 draws as well as training in float32.
///
/// Runs where ATELIER_PRECISION_RUNS names a folder of runs of `seed-dcgan`, each seed once in each
/// precision: `make accept-precision` trains them first. Otherwise it is skipped. The distance is
/// that of the features of a small classifier of digits: FID-local.
@Suite struct PrecisionAcceptanceTests {
    private static let folder = ProcessInfo.processInfo.environment["ATELIER_PRECISION_RUNS"]

    @Test(.enabled(if: folder != nil, "set ATELIER_PRECISION_RUNS to a folder of runs"))
    func bfloat16DrawsAsWell() throws {
        let classifier = DigitsClassifier(using: RandomSource(seed: 1))
        #expect(try classifier.train() > 0.96)
        let test = try DigitsClassifier.open(.test).batch(0..<10_000)
        let real = withoutGradients { classifier.features(test.tensor()) }
        var distances: [UInt64: [Recipe.Training.Precision: Double]] = [:]
        let runs = URL(filePath: try #require(Self.folder), directoryHint: .isDirectory)
        for run in try FileManager.default.contentsOfDirectory(
            at: runs,
            includingPropertiesForKeys: nil
        ) {
            let names = try FileManager.default.contentsOfDirectory(atPath: run.path)
            let last = names.filter {
                $0.hasPrefix("network-snapshot-") && $0.hasSuffix(".safetensors")
            }.max()
            guard let last else { continue }
            let recipe = try Recipe.load(RunFolder(opening: run).trainingOptions.path)
            let fake = try Self.features(of: run.appending(path: last), classifier)
            let distance = frechetDistance(fake, real)
            print("\(run.lastPathComponent): FID-local \(distance)")
            distances[recipe.seed, default: [:]][recipe.training.precision] = distance
        }
        let differences = distances.values.compactMap { found in
            found[.bfloat16].flatMap { autocast in found[.float32].map { autocast - $0 } }
        }
        try #require(differences.count == 3, "expected three seeds in both precisions")
        let mean = differences.reduce(0, +) / 3
        let deviation =
            (differences.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2).squareRoot()
        // Student's t for two degrees of freedom, 95 per cent.
        let interval = 4.303 * deviation / 3.0.squareRoot()
        print("bfloat16 − float32: \(mean) ± \(interval) (95 %)")
        #expect(abs(mean) <= interval)
    }

    /// Features of 10,000 drawings of a snapshot.
    private static func features(of file: URL, _ classifier: DigitsClassifier) throws -> Tensor {
        let network = try generator(ofSnapshot: file).network
        let source = RandomSource(seed: 7)
        return withoutGradients {
            let sampler = network.sampler(dtype: .float32)
            let parts = (0..<20).map { _ in
                let latents = Tensor.normal([500, network.latentSize], using: source)
                return classifier.features(sampler(latents, labels: nil))
            }
            return Tensor.concatenated(parts)
        }
    }
}
