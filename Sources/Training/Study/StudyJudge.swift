import Adversarial
import Datasets
import Neural
import Optimizers
import Torch

/// A small classifier of a study's own, trained on real pictures: its features measure distances,
/// and its classes say what was drawn.
///
/// Distances by it are called local: they compare with each other, not with published ones.
final class StudyJudge: Module {
    private let layers: [Convolution2D]
    private let head: Dense
    private let classes: Int

    /// A judge with random weights.
    init(channels: Int, classes: Int, using source: RandomSource) {
        self.classes = classes
        layers = zip([channels, 32, 64], [32, 64, 64]).map { inputs, outputs in
            Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: 5,
                stride: 2,
                padding: .same,
                initializer: .heNormal,
                using: source
            )
        }
        head = Dense(inputs: 256, outputs: max(classes, 1), using: source)
    }

    /// What the judge sees: means of its last maps over quarters of the picture.
    ///
    /// Shape: N×C×H×W → N×256.
    func features(_ pictures: Tensor) -> Tensor {
        layers.reduce(pictures) { $1($0).relu() }
            .adaptiveAveragePooled(size: [2, 2]).reshaped([pictures.size(0), -1])
    }

    /// The classes that it takes pictures for.
    ///
    /// Shape: N×256 features → N.
    func named(_ features: Tensor) -> Tensor { head(features).argmax(along: 1) }

    /// Learns real pictures' classes.
    ///
    /// - Parameters:
    ///   - pictures: What to learn from.
    ///   - epochs: Passes over them.
    ///   - seed: Of their order.
    /// - Throws: What is wrong with the pictures' order.
    func train(on pictures: PictureCache, epochs: Int, seed: UInt64) throws {
        let order = try BatchOrder(
            count: pictures.count,
            batchSize: min(128, pictures.count),
            sampling: .shuffled(Permutation(count: pictures.count, seed: seed))
        )
        let loader = BatchLoader(cache: pictures, order: order, layout: .channelsLast)
        let optimizer = Optimizer(.adam(Adam(learningRate: 1e-3)), for: self)
        var position = DataPosition()
        while position.epoch < epochs {
            let batch = loader.batch(at: position)
            let loss = Loss.crossEntropy(
                logits: head(features(batch.tensor())),
                targets: Tensor(batch.labels)
            )
            optimizer.step(gradients(of: loss, for: optimizer.weights))
            position = batch.end
        }
    }
}
