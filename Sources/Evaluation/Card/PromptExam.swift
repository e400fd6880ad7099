import Datasets
import Foundation
import Generation
import ImageMetrics
import Prompts
import Torch

/// How often drawings show what was asked for, as a judge sees it.
public struct PromptFigures: Codable, Sendable, Equatable {
    /// Drawings that were looked at.
    public var drawings = 0
    /// The share whose group the judge tells.
    public var group = 0.0
    /// The share whose concept the judge tells.
    public var concept = 0.0
    /// The share whose concept is among the judge's first five.
    public var conceptInFive = 0.0
    /// The share whose role the judge tells, whoever is in it.
    public var role = 0.0
    /// The share of those with a skin tone whose tone the judge tells.
    public var tone = 0.0
}

/// How near drawings are to real pictures.
public struct DistanceFigures: Codable, Sendable, Equatable {
    /// The Fréchet distance by the judge's features.
    public var frechet: Double
    /// The share of drawings among real pictures.
    public var precision: Double
    /// The share of real pictures among drawings.
    public var recall: Double
    /// The share of drawings that are nearer than 0.02 to a training picture.
    public var copies: Double
    /// The median distance to the nearest training picture.
    public var distance: Double
}

/// Asks a model for real pictures by their names and looks at what it draws.
final class PromptExam {
    private let model: GeneratorModel
    private let set: JudgedSet
    private let index: PictureIndex

    init(_ model: GeneratorModel, _ set: JudgedSet, _ index: PictureIndex) {
        (self.model, self.set, self.index) = (model, set, index)
    }

    /// What came of an exam.
    struct Outcome {
        var prompts = PromptFigures()
        var distances: DistanceFigures?
    }

    /// Training pictures to ask for, kinds as often as in training.
    func seen(_ count: Int, seed: UInt64) -> [Int] {
        let weights = ClassWeights(
            labels: set.labels.numbers.prefix(set.trainingCount).map { $0[0] },
            power: 0.7,
            seed: seed
        )
        return (0..<count).map { weights.draw(epoch: 0, position: $0) }
    }

    /// Held-out pictures.
    var heldOut: [Int] { Array(set.trainingCount..<set.records.count) }

    /// Draws some pictures for each prompt and looks at them.
    ///
    /// - Parameters:
    ///   - places: The pictures that are asked for.
    ///   - each: Drawings of each.
    ///   - language: In which they are asked for.
    ///   - sampling: How it is drawn; as usual by default.
    ///   - measures: Whether distances to real pictures are measured.
    ///   - watch: Told how much is done, from 0 to 1.
    /// - Returns: Shares of the drawings, and distances where they were measured.
    /// - Throws: What is wrong with the model's data.
    func take(
        _ places: [Int],
        each: Int,
        language: String = "en",
        sampling: ((inout SamplingOptions) -> Void)? = nil,
        measures: Bool = false,
        watch: (Double) -> Void = { _ in }
    ) throws -> Outcome {
        var tally = PromptTally(set)
        var features: [Tensor] = []
        var near: [Double] = []
        for (number, place) in places.enumerated() {
            let captions = set.records[place].captions
            guard let text = captions.first(where: { $0.language == language })?.text else {
                continue
            }
            var request = model.request(seed: UInt64(number), indices: Array(0..<each))
            request.parts = [Prompt.Part(text: text, weight: 1)]
            sampling?(&request.sampling)
            let drawings = try model.draw(request)
            try withoutGradients {
                let seen = set.judge.features(model.tensor(drawings.map(\.picture)))
                tally.add(seen, drawings.map { _ in place })
                guard measures else { return }
                features.append(seen)
                for drawing in drawings {
                    near += try model.nearest(to: drawing.picture, in: index, count: 1)
                        .map(\.distance)
                }
            }
            watch(Double(number + 1) / Double(places.count))
        }
        return Outcome(
            prompts: tally.figures,
            distances: measures
                ? distances(Tensor.concatenated(features), near, places, each) : nil
        )
    }

    /// What the judge makes of the real pictures themselves: no drawing can be told better.
    ///
    /// - Parameters:
    ///   - places: Which.
    ///   - throughCodes: Whether they are made from their codes first.
    /// - Returns: Shares of the pictures.
    /// - Throws: `GenerationError.noEditing` for a model without codes.
    func real(_ places: [Int], throughCodes: Bool) throws -> PromptFigures {
        var tally = PromptTally(set)
        for start in stride(from: 0, to: places.count, by: 50) {
            let some = Array(places[start..<min(start + 50, places.count)])
            var pictures = set.pictures(some)
            if throughCodes { pictures = try model.remade(pictures) }
            withoutGradients { tally.add(set.judge.features(pictures), some) }
        }
        return tally.figures
    }

    /// Drawings beside as many real pictures, chosen in the same way.
    private func distances(
        _ drawn: Tensor,
        _ near: [Double],
        _ places: [Int],
        _ each: Int
    ) -> DistanceFigures {
        let real = seen(drawn.size(0), seed: 77)
        let features = withoutGradients {
            Tensor.concatenated(
                stride(from: 0, to: real.count, by: 100).map { start in
                    set.judge.features(
                        set.pictures(Array(real[start..<min(start + 100, real.count)]))
                    )
                }
            )
        }
        let scores = ManifoldScores(drawn, beside: features, k: 3)
        return DistanceFigures(
            frechet: frechetDistance(drawn, features),
            precision: scores.precision,
            recall: scores.recall,
            copies: Double(near.count { $0 < 0.02 }) / Double(max(near.count, 1)),
            distance: near.sorted()[near.count / 2]
        )
    }
}
