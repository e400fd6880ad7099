import Datasets
import Foundation
import Neural
import Optimizers
import Torch

extension LocalNetwork {
    /// Learns to name pictures, each time changed by chance, and then only looks.
    ///
    /// - Parameters:
    ///   - pictures: Pictures by their places, N×C×H×W.
    ///   - labels: The number of each picture's class, for each head.
    ///   - epochs: Passes over the pictures.
    func learn(_ pictures: ([Int]) throws -> Tensor, labels: [[Int]], epochs: Int) rethrows {
        let batch = min(64, labels.count)
        let steps = epochs * labels.count / batch
        let optimizer = Optimizer(Adam(learningRate: 1e-3), for: self)
        let source = RandomSource(seed: 1, purpose: "judge training")
        let permutation = Permutation(count: labels.count, seed: 1)
        var order: [Int] = []
        var epoch = 0
        for step in 0..<steps {
            if order.count < batch {
                order = permutation.order(epoch: epoch)
                epoch += 1
            }
            let places = Array(order.suffix(batch))
            order.removeLast(batch)
            let real = try pictures(places)
            let changed = withoutGradients { PictureChanges.changed(real, using: source) }
            let logits = logits(features(changed))
            let loss = logits.indices.reduce(Tensor.zeros([])) { sum, head in
                sum
                    + Loss.crossEntropy(
                        logits: logits[head],
                        targets: Tensor(places.map { labels[$0][head] })
                    )
            }
            optimizer.learningRate = 1e-3 * (1 + cos(.pi * Double(step) / Double(steps))) / 2
            optimizer.step(gradients(of: loss, for: optimizer.weights))
        }
        setTraining(false)
    }
}
