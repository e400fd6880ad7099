import Datasets
import Files
import Foundation
import Generation
import Neural
import Optimizers
import Torch

/// All pictures of a model's data set, those held out among them, and a judge that knows them.
final class JudgedSet {
    let judge: PictureJudge
    let labels: JudgeLabels
    let records: [ExampleRecord]
    /// How many of the pictures are training pictures; the others follow them.
    let trainingCount: Int
    private let caches: [PictureCache]

    /// Opens the data and takes the judge from a file, or trains it and keeps it there.
    ///
    /// - Parameters:
    ///   - model: Whose data set it is.
    ///   - path: Where the data lies; the known places by default.
    ///   - folder: Where judges are kept.
    ///   - epochs: Passes over the pictures that the judge learns in.
    ///   - notice: Told what a person should know.
    /// - Throws: What is wrong with the data or the judge's file.
    init(
        of model: GeneratorModel,
        path: String?,
        keptIn folder: URL,
        epochs: Int,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        let description = model.description
        caches = try [Split.train, .test].map { split in
            try model.dataset(split, path: path, notice: notice)
        }
        trainingCount = caches[0].count
        records = try caches.flatMap { cache in
            try (0..<cache.count).map { try cache.record(at: $0) }
        }
        labels = JudgeLabels(records)
        judge = PictureJudge(
            channels: description.channels,
            heads: [labels.groups.count, labels.concepts.count, JudgeLabels.tones.count],
            using: RandomSource(seed: 1, purpose: "judge")
        )
        let file = folder.appending(
            path:
                "judge-\(description.set)-\(model.size.width)-\(records.count)-\(epochs).safetensors"
        )
        if FileManager.default.fileExists(atPath: file.path) {
            let kept = try Safetensors.read(from: file, expecting: judge.outline())
            try judge.load(state: kept.tensors, origin: file.path)
        } else {
            notice("training a judge on \(records.count) real pictures, \(epochs) times each")
            train(epochs: epochs)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Safetensors.write(judge.state(), metadata: [:], to: file)
        }
        judge.setTraining(false)
    }

    /// Pictures by their places.
    ///
    /// Shape: N×C×H×W.
    func pictures(_ places: [Int]) -> Tensor {
        Tensor.concatenated(
            places.map { place in
                place < trainingCount
                    ? caches[0].batch([place]).tensor()
                    : caches[1].batch([place - trainingCount]).tensor()
            }
        )
    }

    /// The judge learns all pictures, moved, made noisy and blurred by chance.
    private func train(epochs: Int) {
        let batch = min(64, records.count)
        let steps = epochs * records.count / batch
        let optimizer = Optimizer(.adam(Adam(learningRate: 1e-3)), for: judge)
        let source = RandomSource(seed: 1, purpose: "judge training")
        let permutation = Permutation(count: records.count, seed: 1)
        var order: [Int] = []
        var epoch = 0
        for step in 0..<steps {
            if order.count < batch {
                order = permutation.order(epoch: epoch)
                epoch += 1
            }
            let places = Array(order.suffix(batch))
            order.removeLast(batch)
            let changed = withoutGradients { JudgedSet.changed(pictures(places), using: source) }
            let logits = judge.logits(judge.features(changed))
            let loss = logits.indices.reduce(Tensor.zeros([])) { sum, head in
                sum
                    + Loss.crossEntropy(
                        logits: logits[head],
                        targets: Tensor(places.map { labels.numbers[$0][head] })
                    )
            }
            let share = Double(step) / Double(steps)
            optimizer.learningRate = 1e-3 * (1 + cos(.pi * share)) / 2
            optimizer.step(gradients(of: loss, for: optimizer.weights))
        }
    }

    /// Pictures moved by up to four pixels, half of them blurred or made noisy.
    private static func changed(_ pictures: Tensor, using source: RandomSource) -> Tensor {
        let (across, down) = (source.next(below: 9) - 4, source.next(below: 9) - 4)
        var moved = pictures.rolled(by: across, along: 3).rolled(by: down, along: 2)
        let (_, _, rows, columns) = moved.shape4
        switch source.next(below: 4) {
        case 0:
            moved = moved + Tensor.normal(moved.shape, deviation: 0.15, using: source)
        case 1:
            moved = moved.adaptiveAveragePooled(size: [rows / 2, columns / 2])
                .resampled(size: [rows, columns], .bilinear)
        default: break
        }
        return moved
    }
}
