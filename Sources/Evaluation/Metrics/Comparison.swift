import Checks
import Foundation
import Generation
import ImageMetrics
import Torch

/// Drawings beside real pictures, with what several metrics need of them.
public final class Comparison {
    /// What is measured, where it is a model's drawings.
    struct Model {
        /// What drew.
        let model: GeneratorModel
        /// How many drawings were asked for.
        let samples: Int
        /// Of the chance in them.
        let seed: UInt64
    }

    /// What looks at pictures.
    let features: any FeatureSource
    /// The drawings.
    public let drawn: PictureSample
    /// Real pictures that a model may have learned from.
    public let training: PictureSample
    /// Real pictures that were held out, where there are any.
    public let heldOut: PictureSample?
    /// What drew the drawings, where a model did.
    let model: Model?
    /// The classes of all real pictures as a model knows them.
    let classes: (GeneratorModel) -> [Int]
    /// Where features of real pictures are kept.
    private let folder: URL?
    private var seen: [String: Tensor] = [:]
    private var scores: [Int: ManifoldScores] = [:]
    /// The drawings that lie nearest to a training picture, once that was measured.
    var nearest: [NearestPair] = []

    /// A comparison by the features of a network.
    init(
        _ drawn: PictureSample,
        training: PictureSample,
        heldOut: PictureSample?,
        by features: any FeatureSource,
        model: Model? = nil,
        classes: @escaping (GeneratorModel) -> [Int] = { _ in [] },
        keptIn folder: URL?
    ) {
        (self.model, self.classes) = (model, classes)
        (self.drawn, self.training, self.heldOut) = (drawn, training, heldOut)
        (self.features, self.folder) = (features, folder)
    }

    /// Takes a metric.
    ///
    /// - Throws: What is wrong with the pictures or with kept features.
    func take(_ metric: any Metric) throws -> MetricOutcome {
        guard drawn.count >= 2, training.count >= 2 else {
            return .omitted(
                "two pictures of either at least, found \(drawn.count) drawings and"
                    + " \(training.count) real pictures"
            )
        }
        return try metric.outcome(self)
    }

    /// Random numbers of a metric: the same each time.
    public func source(_ metric: String) -> RandomSource {
        RandomSource(seed: 0, purpose: metric)
    }

    /// Features of a sample, looked at once.
    ///
    /// Shape: N×d.
    public func seen(_ sample: PictureSample, _ name: String) throws -> Tensor {
        if let known = seen[name] { return known }
        let file = sample.key.flatMap { key in
            folder?.appending(path: "features-\(features.digest)-\(key).safetensors")
        }
        let found: Tensor
        if let file, FileManager.default.fileExists(atPath: file.path),
            let kept = try Safetensors.read(from: file).tensors["features"],
            kept.size(0) == sample.count
        {
            found = kept
        } else {
            found = features.features(sample.count) { sample.pictures(Array($0)) }
            if let file {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Safetensors.write([("features", found)], metadata: [:], to: file)
            }
        }
        seen[name] = found
        return found
    }

    /// The scores of as many drawings as pictures; those for both numbers of neighbours come together.
    func manifold(_ k: Int, count: Int) throws -> ManifoldScores {
        if let known = scores[k] { return known }
        let source = source(ManifoldMetric.precisionRecall.name)
        func some(_ sample: PictureSample, _ name: String) throws -> Tensor {
            let chosen = sample.chosen(count, using: source)
            return try seen(sample, name).selected(at: Tensor(chosen))
        }
        let all = [3, 5].filter { $0 < count }
        let found = ManifoldScores.each(
            of: all,
            try some(drawn, "drawn"),
            beside: try some(training, "training")
        )
        for (k, one) in zip(all, found) { scores[k] = one }
        guard let asked = scores[k] else {
            preconditionFailure("\(k) neighbours were not looked at")
        }
        return asked
    }
}
