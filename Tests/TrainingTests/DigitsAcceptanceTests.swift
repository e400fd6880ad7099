import Adversarial
import Datasets
import Foundation
import Neural
import Optimizers
import Runs
import TestSupport
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
        let classifier = Classifier(using: RandomSource(seed: 1))
        let accuracy = try classifier.train()
        #expect(accuracy > 0.96, "the classifier itself is right on \(accuracy) of the test set")

        let (tensors, metadata) = try Safetensors.read(from: file)
        let description = try #require(try ModelDescription(metadata: metadata))
        let generator = DCGANGenerator(
            try description.decoded(DCGANConfiguration.self),
            using: RandomSource(seed: 0)
        )
        try generator.load(state: tensors)
        generator.setTraining(false)
        var counts = [Int](repeating: 0, count: 10)
        let source = RandomSource(seed: 7)
        withoutGradients {
            for _ in 0..<20 {
                let pictures = generator(.normal([100, generator.latentSize], using: source))
                for label in classifier(pictures).argmax(along: 1).elements(as: Int.self) {
                    counts[label] += 1
                }
            }
        }
        print("of 2,000 drawings of \(description.images) images: \(counts)")
        #expect(counts.allSatisfy { $0 > 0 }, "digits 0 to 9 were seen \(counts) times")
    }

    /// A small convolutional classifier of 28×28 pictures.
    private final class Classifier: Module {
        let first: Convolution2D
        let second: Convolution2D
        let dense: Dense

        init(using source: RandomSource) {
            first = Convolution2D(
                inputs: 1,
                outputs: 16,
                kernel: 5,
                stride: 2,
                padding: .same,
                using: source
            )
            second = Convolution2D(
                inputs: 16,
                outputs: 32,
                kernel: 5,
                stride: 2,
                padding: .same,
                using: source
            )
            dense = Dense(inputs: 1568, outputs: 10, using: source)
        }

        /// Shape: N×1×28×28 → N×10.
        func callAsFunction(_ pictures: Tensor) -> Tensor {
            let features = second(first(pictures).relu()).relu()
            return dense(features.permuted([0, 2, 3, 1]).reshaped([pictures.size(0), -1]))
        }

        /// Trains for two passes over MNIST; returns the share of the test set that it tells.
        func train() throws -> Double {
            let path = repositoryRoot.appending(path: "../shared/data/mnist").standardizedFileURL
            let isHere = FileManager.default.fileExists(atPath: path.path)
            func open(_ split: Split) throws -> PictureCache {
                let source = try DatasetCatalog().open(
                    "mnist",
                    path: isHere ? path.path : nil,
                    split: split
                )
                return try PictureCache.open(
                    source,
                    options: CacheOptions(width: 28, height: 28, channels: 1)
                )
            }
            let training = try open(.train)
            let order = try BatchOrder(
                count: training.count,
                batchSize: 128,
                sampling: .shuffled(Permutation(count: training.count, seed: 1))
            )
            let loader = BatchLoader(cache: training, order: order, layout: .channelsLast)
            let optimizer = Optimizer(.adam(Adam(learningRate: 1e-3)), for: self)
            var position = DataPosition()
            while position.epoch < 2 {
                let batch = loader.batch(at: position)
                let loss = Loss.crossEntropy(
                    logits: self(batch.tensor()),
                    targets: Tensor(batch.labels)
                )
                optimizer.step(gradients(of: loss, for: optimizer.weights))
                position = batch.end
            }
            let test = try open(.test).batch(0..<10_000)
            return withoutGradients {
                (self(test.tensor()).argmax(along: 1) .== Tensor(test.labels))
                    .converted(to: .float32).mean().item()
            }
        }
    }
}
