import Datasets
import Foundation
import Generation
import Metrics
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
            labels: set.labels.numbers.prefix(set.trainingCount).map { $0[1] },
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
    ///   - manner: How it is drawn; as usual by default.
    ///   - measures: Whether distances to real pictures are measured.
    ///   - watch: Told how much is done, from 0 to 1.
    /// - Returns: Shares of the drawings, and distances where they were measured.
    /// - Throws: What is wrong with the model's data.
    func take(
        _ places: [Int],
        each: Int,
        language: String = "en",
        manner: ((inout DrawingManner) -> Void)? = nil,
        measures: Bool = false,
        watch: (Double) -> Void = { _ in }
    ) throws -> Outcome {
        var outcome = Outcome()
        var features: [Tensor] = []
        var near: [Double] = []
        var tones = 0.0
        var count = 0.0
        for (number, place) in places.enumerated() {
            let captions = set.records[place].captions
            guard let text = captions.first(where: { $0.language == language })?.text else {
                continue
            }
            var request = model.request(seed: UInt64(number), indices: Array(0..<each))
            request.parts = [Prompt.Part(text: text, weight: 1)]
            manner?(&request.manner)
            let drawings = try model.draw(request)
            let wanted = set.labels.numbers[place]
            try withoutGradients {
                let seen = set.judge.features(model.tensor(drawings.map(\.picture)))
                let logits = set.judge.logits(seen)
                let first = logits.map { $0.argmax(along: 1).elements(as: Int.self) }
                let kept = min(5, logits[1].size(1))
                let five = logits[1].largest(kept, along: 1).places.elements(as: Int.self)
                let role = JudgeLabels.role(of: set.labels.concepts[wanted[1]])
                for row in drawings.indices {
                    count += 1
                    outcome.prompts.group += first[0][row] == wanted[0] ? 1 : 0
                    outcome.prompts.concept += first[1][row] == wanted[1] ? 1 : 0
                    outcome.prompts.conceptInFive +=
                        five[row * kept..<(row + 1) * kept].contains(wanted[1]) ? 1 : 0
                    let named = JudgeLabels.role(of: set.labels.concepts[first[1][row]])
                    outcome.prompts.role += named == role ? 1 : 0
                    if wanted[2] > 0 {
                        tones += 1
                        outcome.prompts.tone += first[2][row] == wanted[2] ? 1 : 0
                    }
                    guard measures else { continue }
                    near += try model.nearest(to: drawings[row].picture, in: index, count: 1)
                        .map(\.distance)
                }
                if measures { features.append(seen) }
            }
            watch(Double(number + 1) / Double(places.count))
        }
        outcome.prompts.drawings = Int(count)
        count = max(count, 1)
        outcome.prompts.group /= count
        outcome.prompts.concept /= count
        outcome.prompts.conceptInFive /= count
        outcome.prompts.role /= count
        outcome.prompts.tone /= max(tones, 1)
        if measures {
            outcome.distances = distances(Tensor.concatenated(features), near, places, each)
        }
        return outcome
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
