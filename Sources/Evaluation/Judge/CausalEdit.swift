import Datasets
import Foundation
import Generation
import Prompts
import Torch

/// What changes in drawings when one thing in a prompt does, by the same chance, as a judge sees it.
public struct CausalEdit: Codable, Sendable, Equatable {
    /// What the judge told.
    public struct Share: Codable, Sendable, Equatable {
        /// Its name.
        public var name: String
        /// The share of the drawings.
        public var share: Double
    }

    /// One thing that the judge tells.
    public struct Head: Codable, Sendable, Equatable {
        /// `concept`, `skin tone` or `group`.
        public var name: String
        /// The share of pairs in which it told the same before and after.
        public var kept: Double
        /// What it told before, the commonest first, five at most.
        public var before: [Share]
        /// What it told after.
        public var after: [Share]
    }

    /// The text before.
    public var from: String
    /// The text after.
    public var to: String
    /// Pairs of drawings.
    public var pairs: Int
    /// What the judge told.
    public var heads: [Head]
    /// How much pixels changed, on average: the share of their range.
    public var pixels: Double
    /// How far drawings moved in the judge's features, over how far two drawings of the first text lie apart.
    public var moved: Double

    /// Draws both texts by the same chances and has a judge look.
    ///
    /// - Parameters:
    ///   - model: What draws; it takes words.
    ///   - texts: Before and after.
    ///   - count: Pairs of drawings.
    ///   - seed: Of the chances.
    ///   - data: Where the model's pictures lie; the known places by default.
    ///   - epochs: Passes in which a judge learns.
    ///   - folder: Where judges are kept.
    ///   - watch: Told what happens.
    /// - Returns: What was found, and the drawings, those before first.
    /// - Throws: What the model cannot do, or what is wrong with its data.
    /// - Precondition: two pairs at least.
    public static func measured(
        of model: GeneratorModel,
        _ texts: (from: String, to: String),
        pairs count: Int,
        seed: UInt64,
        data: String?,
        epochs: Int = 40,
        keptIn folder: URL,
        watch: @escaping @Sendable (String) -> Void
    ) throws -> (edit: CausalEdit, drawings: [Drawing]) {
        guard model.description.text != nil else {
            throw GenerationError.noWords(model: model.description.recipe)
        }
        let set = try JudgedSet(
            of: model,
            path: data,
            keptIn: folder,
            epochs: epochs,
            notice: watch
        )
        func drawn(_ text: String) throws -> [Drawing] {
            watch("drawing '\(text)'")
            var request = model.request(seed: seed, indices: Array(0..<count))
            request.parts = [Prompt.Part(text: text, weight: 1)]
            return try model.draw(request)
        }
        let drawings = try (drawn(texts.from), drawn(texts.to))
        let edit = withoutGradients {
            let numbers = (
                model.tensor(drawings.0.map(\.picture)), model.tensor(drawings.1.map(\.picture))
            )
            let seen = (set.judge.features(numbers.0), set.judge.features(numbers.1))
            func length(_ rows: Tensor) -> Double {
                rows.squared().sum(over: [1]).squareRoot().mean().item()
            }
            let others = Tensor((0..<count).map { ($0 + 1) % count })
            return CausalEdit(
                from: texts.from,
                to: texts.to,
                pairs: count,
                heads: heads(set, seen.0, seen.1),
                pixels: (numbers.0 - numbers.1).absolute().mean().item() / 2,
                moved: length(seen.1 - seen.0) / length(seen.0.selected(at: others) - seen.0)
            )
        }
        return (edit, drawings.0 + drawings.1)
    }

    private static func heads(_ set: JudgedSet, _ before: Tensor, _ after: Tensor) -> [Head] {
        let shares = set.labels.shares
        func told(_ features: Tensor) -> [[Int]] {
            let logits = set.judge.logits(features)
            let groups = logits[0].softmax(along: 1).multiplied(by: shares)
            return [logits[0], logits[1], groups].map {
                $0.argmax(along: 1).elements(as: Int.self)
            }
        }
        let names = [
            ("concept", set.labels.concepts), ("skin tone", JudgeLabels.tones),
            ("group", set.labels.groups),
        ]
        return zip(names, zip(told(before), told(after))).map { head, told in
            func counted(_ numbers: [Int]) -> [Share] {
                Dictionary(grouping: numbers) { $0 }
                    .map { number, all in
                        let share = Double(all.count) / Double(numbers.count)
                        return Share(name: head.1[number], share: share)
                    }
                    .sorted { ($1.share, $0.name) < ($0.share, $1.name) }.prefix(5).map { $0 }
            }
            let kept = zip(told.0, told.1).count { $0 == $1 }
            return Head(
                name: head.0,
                kept: Double(kept) / Double(told.0.count),
                before: counted(told.0),
                after: counted(told.1)
            )
        }
    }
}
