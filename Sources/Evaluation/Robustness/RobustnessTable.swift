import Foundation
import Generation
import ImageMetrics
import Torch

/// How a discriminator and the figures move when pictures are disturbed a little.
public struct RobustnessTable: Codable, Sendable, Equatable {
    /// One disturbance.
    public struct Row: Codable, Sendable, Equatable {
        /// What was done to the pictures.
        public var disturbance: String
        /// The share of real pictures whose class the discriminator tells; nothing where it learned none.
        public var accuracy: Double?
        /// How real the discriminator finds them, the mean logit.
        public var realness: Double
        /// The share of real pictures that it finds more real than a drawing, over all pairs.
        public var apart: Double
        /// The Fréchet distance of the disturbed pictures from the same ones undisturbed.
        public var frechet: Double
    }

    /// Real pictures that were looked at.
    public var pictures: Int
    /// Drawings that they are told apart from.
    public var drawings: Int
    /// The rows, from little to much.
    public var rows: [Row]

    /// Disturbs real pictures, those that were held out where there are any.
    ///
    /// - Parameters:
    ///   - model: Whose discriminator is looked at.
    ///   - real: Its data set.
    ///   - count: Real pictures, and about as many drawings.
    ///   - epochs: Passes in which the local network learns.
    ///   - folder: Where local networks are kept.
    ///   - watch: Told what happens.
    /// - Throws: `GenerationError.noCritic` for a model without its discriminator; what is wrong with the data.
    public init(
        of model: GeneratorModel,
        on real: RealPictures,
        pictures count: Int,
        epochs: Int? = nil,
        keptIn folder: URL,
        watch: @escaping (String) -> Void
    ) throws {
        let critic = try model.criticView()
        let features = try LocalFeatures(of: real, epochs: epochs, keptIn: folder, notice: watch)
        let isWhole = real.count < real.trainingCount + 2
        let sample = PictureSample(
            real,
            isWhole ? 0..<real.count : real.trainingCount..<real.count,
            labels: real.labels
        )
        let chosen = sample.chosen(count, using: RandomSource(seed: 0, purpose: "robustness"))
        let own = real.labels(for: model)
        let classes = chosen.map { own[(isWhole ? 0 : real.trainingCount) + $0] }
        let drawn = try DrawnSample.drawn(
            by: model,
            count: chosen.count,
            seed: 0,
            beside: real,
            labels: real.labels,
            watch: { _ in }
        )
        func eachPart(_ all: Int, _ body: (Range<Int>) throws -> Void) rethrows {
            for start in stride(from: 0, to: all, by: 50) {
                try body(start..<min(start + 50, all))
            }
        }
        var fake: [Double] = []
        eachPart(drawn.count) { range in
            // As many of each of the model's classes, one class after the other.
            let names = max(model.description.classNames.count, 1)
            let asked = range.map { $0 * names / drawn.count }
            withoutGradients {
                fake += critic.realness(drawn.pictures(Array(range)), classes: asked).doubles()
            }
        }
        fake.sort()
        (pictures, drawings, rows) = (chosen.count, drawn.count, [])
        var plain: FeatureMoments?
        for disturbance in Disturbance.all {
            watch("disturbing: \(disturbance.name)")
            var (right, named, scores, seen) = (0, 0, [Double](), [Tensor]())
            try eachPart(chosen.count) { range in
                let wanted = Array(classes[range])
                let own = sample.pictures(Array(chosen[range]))
                let disturbed = try disturbance(
                    own,
                    using: RandomSource(seed: 1, stream: UInt64(range.lowerBound))
                ) { pictures in
                    // Against the class where there is one to tell, else against the judgement.
                    critic.classLogits(pictures).map { -$0.logProbability(of: Tensor(wanted)) }
                        ?? -critic.realness(pictures, classes: wanted)
                }
                withoutGradients {
                    scores += critic.realness(disturbed, classes: wanted).doubles()
                    seen.append(features.features(disturbed))
                    guard let logits = critic.classLogits(disturbed) else { return }
                    let found = logits.argmax(along: 1).elements(as: Int.self)
                    right += zip(found, wanted).count { $0 == $1 }
                    named += found.count
                }
            }
            let moments = FeatureMoments(Tensor.concatenated(seen))
            let first = plain ?? moments
            plain = first
            rows.append(
                Row(
                    disturbance: disturbance.name,
                    accuracy: named > 0 ? Double(right) / Double(named) : nil,
                    realness: scores.reduce(0, +) / Double(scores.count),
                    apart: RobustnessTable.share(scores, above: fake),
                    frechet: moments.distance(to: first)
                )
            )
        }
    }

    /// The share of pairs in which the first is larger; ties count half.
    static func share(_ values: [Double], above sorted: [Double]) -> Double {
        func below(_ value: Double, orEqual: Bool) -> Int {
            var (low, high) = (0, sorted.count)
            while low < high {
                let middle = (low + high) / 2
                let isBelow = orEqual ? sorted[middle] <= value : sorted[middle] < value
                if isBelow { low = middle + 1 } else { high = middle }
            }
            return low
        }
        let pairs = values.reduce(0.0) {
            $0 + Double(below($1, orEqual: false) + below($1, orEqual: true)) / 2
        }
        return pairs / Double(values.count * sorted.count)
    }

    /// The table in Markdown.
    public var markdown: String {
        let head = """
            | disturbance | class told ↑ | mean logit | told from drawings ↑ | FID-local from undisturbed |
            | --- | ---: | ---: | ---: | ---: |
            """
        let lines = rows.map { row in
            let accuracy = row.accuracy.map { String(format: "%.1f %%", 100 * $0) } ?? "–"
            return "| \(row.disturbance) | \(accuracy) | "
                + String(
                    format: "%.2f | %.1f %% | %.3g |",
                    row.realness,
                    100 * row.apart,
                    row.frechet
                )
        }
        return ([head] + lines).joined(separator: "\n")
    }
}
