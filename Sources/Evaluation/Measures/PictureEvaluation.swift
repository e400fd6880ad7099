import Foundation
import Generation
import Metrics
import Neural
import Torch

/// Figures of drawings beside real pictures, and what they were measured with.
public struct PictureEvaluation: Codable, Sendable, Equatable {
    /// What was measured.
    public var subject: String
    /// The real pictures.
    public var real: String
    /// Drawings.
    public var drawings: Int
    /// Training pictures beside them, and those held out.
    public var realCounts: [Int]
    /// The network whose features were compared.
    public var features: String
    /// What tells its weights from all others.
    public var featuresDigest: String
    /// The figures.
    public var measurements: [Measurement]
    /// What was not measured, and why.
    public var omissions: [Omission]
    /// How long each measure took.
    ///
    /// Units: seconds.
    public var seconds: [String: Double]
}

extension PictureEvaluation {
    /// What is measured.
    public enum Subject {
        /// What a model draws.
        case model(GeneratorModel, samples: Int, seed: UInt64)
        /// Pictures of a folder, a zip file or a data set.
        case pictures(RealPictures)
    }

    /// Measures drawings.
    ///
    /// - Parameters:
    ///   - subject: What is measured.
    ///   - real: What it is compared with.
    ///   - measures: Which measures are taken.
    ///   - epochs: Passes in which the local network learns; as many as the pictures ask for by default.
    ///   - folder: Where networks and features are kept.
    ///   - watch: Told what happens.
    /// - Throws: What is wrong with pictures, model or kept files.
    public init(
        of subject: Subject,
        against real: RealPictures,
        measures: [Measure],
        epochs: Int? = nil,
        keptIn folder: URL,
        watch: @escaping (String) -> Void
    ) throws {
        let features = try LocalFeatures(of: real, epochs: epochs, keptIn: folder, notice: watch)
        let labels = real.classNames.count > 1 ? real.labels : nil
        let drawn: PictureSample
        switch subject {
        case .model(let model, let samples, let seed):
            var shown = 0
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
        let training = PictureSample(real, 0..<real.trainingCount, labels: labels)
        let heldOut =
            real.count > real.trainingCount
            ? PictureSample(real, real.trainingCount..<real.count, labels: labels) : nil
        let comparison = Comparison(
            drawn,
            training: training,
            heldOut: heldOut,
            by: features,
            keptIn: folder
        )
        (self.subject, self.real) = (drawn.name, real.name)
        drawings = drawn.count
        realCounts = [training.count, heldOut?.count ?? 0]
        (self.features, featuresDigest) = (features.name, features.digest)
        (measurements, omissions, seconds) = ([], [], [:])
        for measure in measures {
            watch("measuring: \(measure.summary)")
            let start = Date()
            let outcome: Comparison.Outcome
            if measure == .remaking, case .model(let model, _, _) = subject {
                outcome = try comparison.remaking(by: model)
            } else {
                outcome = try comparison.take(measure)
            }
            seconds[measure.rawValue] = Date().timeIntervalSince(start)
            switch outcome {
            case .measured(let found): measurements += found
            case .omitted(let reason):
                omissions.append(Omission(measure: measure, reason: "needs \(reason)"))
            }
        }
    }

    /// The figures for people, in lines of equal columns.
    public var table: String {
        let rows = measurements.map { one in
            let value = String(format: abs(one.value) < 10 ? "%.4f" : "%.2f", one.value)
            let half = one.half.map { String(format: "± %.2g", $0) } ?? ""
            let arrow = one.moreIsBetter.map { $0 ? "↑" : "↓" } ?? " "
            let counts = one.real > 0 ? "\(one.drawings) | \(one.real)" : "\(one.drawings)"
            return [one.name + " " + arrow, value, half, counts]
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { column in
                row[column].padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }
}

extension Comparison {
    /// Held-out pictures, or training pictures where there are none, made from their codes.
    fileprivate func remaking(by model: GeneratorModel) throws -> Outcome {
        guard model.description.family == "tokens" else {
            return .omitted("a model that draws codes, found \(model.description.recipe)")
        }
        let (sample, name) = heldOut.map { ($0, "held-out") } ?? (training, "training")
        let chosen = sample.chosen(1000, using: source(.remaking))
        let real = try seen(sample, name).selected(at: Tensor(chosen))
        var ratios: [Double] = []
        let remade = try features.features(chosen.count) { range in
            let pictures = sample.pictures(Array(chosen[range]))
            let made = try model.remade(pictures)
            ratios += SignalRatio.decibels((made - pictures).squared().mean(over: [1, 2, 3]))
                .doubles()
            return made
        }
        return .measured([
            Measurement(
                "rfid_local",
                frechetDistance(remade, real),
                drawings: chosen.count,
                real: chosen.count,
                moreIsBetter: false
            ),
            Measurement(
                "psnr",
                ratios.reduce(0, +) / Double(ratios.count),
                half: 1.96 * deviation(ratios) / Double(ratios.count).squareRoot(),
                drawings: chosen.count,
                real: chosen.count,
                moreIsBetter: true
            ),
        ])
    }
}
