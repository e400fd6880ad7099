import Foundation
import Generation
import ImageMetrics
import Torch

/// Measures generators of one kind of pictures beside those held out, by names that stay the same from run to run.
public final class GeneratorMeter {
    private let real: RealPictures
    private let features: LocalFeatures
    private let heldOut: PictureSample
    private let heldOutFeatures: Tensor
    private let places: [Int]
    /// The share of held-out pictures whose class the local network tells; nil where it learned none.
    public let accuracy: Double?

    /// Lets the local network learn the pictures, or takes it from its file.
    ///
    /// - Parameters:
    ///   - real: The pictures; some must be held out.
    ///   - samples: Drawings and held-out pictures to compare; fewer where there are fewer.
    ///   - folder: Where the network is kept.
    ///   - notice: Told what a person should know.
    /// - Throws: What is wrong with the pictures or kept files.
    public init(
        _ real: RealPictures,
        samples: Int,
        keptIn folder: URL,
        notice: (String) -> Void
    ) throws {
        self.real = real
        features = try LocalFeatures(of: real, keptIn: folder, notice: notice)
        let all = PictureSample(real, real.trainingCount..<real.count, labels: real.labels)
        let source = RandomSource(seed: 0, purpose: "meter")
        // Sets have an order: the first pictures of MNIST are the clearest ones.
        let places = all.chosen(samples, using: source)
        self.places = places
        heldOut = PictureSample("held-out", count: places.count, labels: nil) { rows in
            all.pictures(rows.map { places[$0] })
        }
        let seen = features.features(places.count) { [heldOut] in heldOut.pictures(Array($0)) }
        heldOutFeatures = seen
        accuracy = withoutGradients { [features] in
            features.logits(seen).flatMap { logits in
                guard logits.size(1) == real.classNames.count else { return nil }
                let named = logits.argmax(along: 1).elements(as: Int.self)
                let right = zip(named, places).count { $0 == all.labels?[$1] }
                return Double(right) / Double(places.count)
            }
        }
    }

    /// Figures of real pictures that the network learned from: what no drawing can be expected to surpass.
    public func figuresOfReal() throws -> [String: Double] {
        let all = PictureSample(real, 0..<real.trainingCount, labels: real.labels)
        let some = all.chosen(places.count, using: RandomSource(seed: 1, purpose: "meter"))
        return try compared(
            features.features(some.count) { range in all.pictures(Array(some[range])) }
        )
    }

    /// Figures of what a model draws, or makes of codes, and what it says of held-out pictures itself.
    ///
    /// - Throws: What the model cannot do.
    public func figures(of model: GeneratorModel) throws -> [String: Double] {
        var figures = validationMetrics(of: model)
        if let use = model.codeUse {
            let remade = try features.features(places.count) { range in
                try model.remade(heldOut.pictures(Array(range)))
            }
            (figures["codes_in_use"], figures["perplexity"]) = (use.share, use.perplexity)
            return figures.merging(try compared(remade)) { $1 }
        }
        let request = model.request(seed: 0, indices: Array(0..<places.count))
        let drawings = try model.draw(request)
        let drawn = features.features(drawings.count) { range in
            model.tensor(drawings[range].map(\.picture))
        }
        figures.merge(try compared(drawn)) { $1 }
        figures.merge(classes(drawn, asked: drawings.map(\.record.className))) { $1 }
        // Fewer than half of the classes' entropy, or next to nothing of the real pictures near.
        let isUneven = figures["class_evenness"].map { $0 < 0.5 } ?? false
        figures["class_evenness"] = nil
        figures["collapsed"] = isUneven || (figures["coverage"] ?? 0) < 0.02 ? 1 : 0
        if let drafts = try model.drafts(request) {
            let seen = features.features(drafts.count) { model.tensor(Array(drafts[$0])) }
            figures["draft_fid"] = try compared(seen)["fid"]
        }
        return figures
    }

    /// What the model says of held-out pictures itself.
    private func validationMetrics(of model: GeneratorModel) -> [String: Double] {
        let names = [
            "Evaluation/bits_per_dimension": "bits", "Evaluation/psnr": "psnr",
            "Evaluation/nats_per_code": "nats",
        ]
        let classes = real.labels(for: model)
        var figures: [String: Double] = [:]
        for start in stride(from: 0, to: places.count, by: 100) {
            let range = start..<min(start + 100, places.count)
            let marks = model.validationMetrics(
                of: heldOut.pictures(Array(range)),
                classes: range.map { classes[real.trainingCount + places[$0]] }
            )
            for (name, value) in marks {
                let share = Double(range.count) / Double(places.count)
                figures[names[name] ?? name, default: 0] += value * share
            }
        }
        return figures
    }

    /// How evenly classes come, and how often the one that was asked for.
    private func classes(_ seen: Tensor, asked: [String?]) -> [String: Double] {
        guard let logits = withoutGradients({ features.logits(seen) }),
            logits.size(1) == real.classNames.count
        else { return [:] }
        let named = logits.argmax(along: 1).elements(as: Int.self)
        let balance = ClassBalance(named, classes: real.classNames.count)
        var figures = [
            "class_distance": balance.distanceFromEven, "class_evenness": balance.evenness,
        ]
        let numbers = asked.map { name in name.flatMap { real.classNames.firstIndex(of: $0) } }
        if !numbers.contains(nil) {
            let right = zip(named, numbers).count { $0 == $1 }
            figures["asked"] = Double(right) / Double(named.count)
        }
        return figures
    }

    /// Distances of features from those of held-out pictures.
    private func compared(_ seen: Tensor) throws -> [String: Double] {
        let comparison = Comparison(
            PictureSample("drawings", seen),
            training: PictureSample("held-out", heldOutFeatures),
            heldOut: nil,
            by: SeenFeatures(features),
            keptIn: nil
        )
        var figures: [String: Double] = [:]
        let metrics: [any Metric] = [
            FrechetMetric(), KernelMetric(), ManifoldMetric.precisionRecall,
            ManifoldMetric.densityCoverage,
        ]
        for metric in metrics {
            guard case .measured(let found) = try comparison.take(metric) else { continue }
            for one in found { figures[one.name.replacing("_local", with: "")] = one.value }
        }
        figures["kid"] = figures["kid"].map { $0 * 1000 }
        return figures
    }
}

/// Features that were looked at before.
private struct SeenFeatures: FeatureSource {
    let name: String
    let digest: String
    let suffix = "_local"

    init(_ features: LocalFeatures) { (name, digest) = (features.name, features.digest) }

    func features(_ pictures: Tensor) -> Tensor { pictures }
    func logits(_ features: Tensor) -> Tensor? { nil }
}

extension PictureSample {
    /// Features in place of pictures.
    fileprivate init(_ name: String, _ seen: Tensor) {
        self.init(name, count: seen.size(0), labels: nil) { seen.selected(at: Tensor($0)) }
    }
}
