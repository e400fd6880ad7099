import Datasets
import Foundation
import Neural
import Optimizers
import Settings
import TestSupport
import Torch

/// A small convolutional classifier of 28×28 pictures.
final class DigitsClassifier: Module {
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
        let maps = maps(pictures)
        return dense(maps.permuted([0, 2, 3, 1]).reshaped([pictures.size(0), -1]))
    }

    /// What the classifier sees, as means of its last maps over quarters of the picture.
    ///
    /// Shape: N×1×28×28 → N×128.
    func features(_ pictures: Tensor) -> Tensor {
        maps(pictures).adaptiveAveragePooled(size: [2, 2]).reshaped([pictures.size(0), -1])
    }

    private func maps(_ pictures: Tensor) -> Tensor { second(first(pictures).relu()).relu() }

    /// One half of MNIST, from the shared data or the user's own cache.
    static func open(_ split: Split) throws -> PictureCache {
        let path = repositoryRoot.appending(path: "../shared/data/mnist").standardizedFileURL
        let isHere = FileManager.default.fileExists(atPath: path.path)
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

    /// Trains for two passes over MNIST; returns the share of the test set that it tells.
    func train() throws -> Double {
        let training = try Self.open(.train)
        let order = try BatchOrder(
            count: training.count,
            batchSize: 128,
            sampling: .shuffled(Permutation(count: training.count, seed: 1))
        )
        let loader = BatchLoader(cache: training, order: order, layout: .channelsLast)
        let optimizer = Optimizer(Adam(learningRate: 1e-3), for: self)
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
        let test = try Self.open(.test).batch(0..<10_000)
        return withoutGradients {
            (self(test.tensor()).argmax(along: 1) .== Tensor(test.labels))
                .converted(to: .float32).mean().item()
        }
    }
}
