import Foundation
import Generation

/// Drawings and the real pictures that they are measured with.
public final class EvaluationSession {
    /// What is measured.
    public enum Subject {
        /// What a model draws.
        case model(GeneratorModel, samples: Int, seed: UInt64)
        /// Pictures of a folder, a zip file or a data set.
        case pictures(RealPictures)
    }

    let subject: Subject
    let real: RealPictures
    let comparison: Comparison
    let watch: (String) -> Void

    /// Draws what is to be measured and has the local network look at the real pictures.
    ///
    /// - Parameters:
    ///   - subject: What is measured.
    ///   - real: What it is compared with.
    ///   - weights: Inception's or VGG's; the data set's local network is used by default.
    ///   - epochs: Passes in which the local network learns; as many as the pictures ask for by default.
    ///   - folder: Where networks and features are kept.
    ///   - watch: Told what happens.
    /// - Throws: What is wrong with pictures, model or kept files.
    public init(
        of subject: Subject,
        against real: RealPictures,
        by weights: URL? = nil,
        epochs: Int? = nil,
        keptIn folder: URL,
        watch: @escaping (String) -> Void
    ) throws {
        (self.subject, self.real, self.watch) = (subject, real, watch)
        let features: any FeatureSource =
            try weights.map { try FileFeatures(contentsOf: $0) }
            ?? LocalFeatures(of: real, epochs: epochs, keptIn: folder, notice: watch)
        let labels = real.classNames.count > 1 ? real.labels : nil
        let drawn: PictureSample
        var drawer: Comparison.Model?
        switch subject {
        case .model(let model, let samples, let seed):
            var shown = 0
            drawer = Comparison.Model(model: model, samples: samples, seed: seed)
            watch("drawing \(samples) pictures")
            drawn = try DrawnSample.drawn(
                by: model,
                count: samples,
                seed: seed,
                beside: real,
                labels: labels
            ) { share in
                guard Int(share * 10) > shown else { return }
                shown = Int(share * 10)
                watch("drawn \(shown * 10) %")
            }
        case .pictures(let pictures):
            // Numbers of classes mean the same where names do.
            let isAlike = pictures.classNames == real.classNames && labels != nil
            drawn = PictureSample(
                pictures,
                0..<pictures.count,
                labels: isAlike ? pictures.labels : nil
            )
        }
        let isWhole = real.count == real.trainingCount
        comparison = Comparison(
            drawn,
            training: PictureSample(real, 0..<real.trainingCount, labels: labels),
            heldOut: isWhole
                ? nil : PictureSample(real, real.trainingCount..<real.count, labels: labels),
            by: features,
            model: drawer,
            classes: real.labels,
            keptIn: folder
        )
    }

    /// Takes metrics.
    ///
    /// - Throws: What is wrong with the pictures or with kept features.
    public func evaluation(_ metrics: [any Metric]) throws -> PictureEvaluation {
        var found = PictureEvaluation(
            subject: comparison.drawn.name,
            real: real.name,
            drawings: comparison.drawn.count,
            realCounts: [comparison.training.count, comparison.heldOut?.count ?? 0],
            features: comparison.features.name,
            featuresDigest: comparison.features.digest,
            measurements: [],
            omissions: [],
            seconds: [:]
        )
        for metric in metrics {
            watch("measuring: \(metric.summary)")
            let start = Date()
            let outcome = try comparison.take(metric)
            found.seconds[metric.name] = Date().timeIntervalSince(start)
            switch outcome {
            case .measured(let some): found.measurements += some
            case .omitted(let reason):
                found.omissions.append(Omission(measure: metric.name, reason: "needs \(reason)"))
            }
        }
        found.nearest = comparison.nearest
        return found
    }
}
