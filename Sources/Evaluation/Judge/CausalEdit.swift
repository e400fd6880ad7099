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

    /// What the judge of a model's data set tells of pictures, by name.
    ///
    /// - Parameters:
    ///   - model: Whose data set it is.
    ///   - data: Where that lies; the known places by default.
    ///   - epochs: Passes in which a judge learns.
    ///   - folder: Where judges are kept.
    ///   - notice: Told what happens.
    /// - Returns: The names of what is told, and what tells it.
    /// - Throws: What is wrong with the data.
    public static func teller(
        of model: GeneratorModel,
        data: String?,
        epochs: Int,
        keptIn folder: URL,
        notice: @escaping @Sendable (String) -> Void
    ) throws -> (names: [String], look: AttributeTrials.Look) {
        let set = try JudgedSet(
            of: model,
            path: data,
            keptIn: folder,
            epochs: epochs,
            notice: notice
        )
        let names = names(set)
        return (
            names.map(\.head),
            { pictures in
                withoutGradients {
                    let told = told(set, set.judge.features(model.tensor(pictures)))
                    return pictures.indices.map { row in
                        zip(names, told).map { $0.values[$1[row]] }
                    }
                }
            }
        )
    }

    /// What the judge tells, and its words for it.
    private static func names(_ set: JudgedSet) -> [(head: String, values: [String])] {
        [
            ("concept", set.labels.concepts), ("skin tone", JudgeLabels.tones),
            ("group", set.labels.groups),
        ]
    }

    /// What is told of each row of features, for each of `names(_:)`.
    private static func told(_ set: JudgedSet, _ features: Tensor) -> [[Int]] {
        let logits = set.judge.logits(features)
        let groups = logits[0].softmax(along: 1).multiplied(by: set.labels.shares)
        return [logits[0], logits[1], groups].map { $0.argmax(along: 1).elements(as: Int.self) }
    }

    private static func heads(_ set: JudgedSet, _ before: Tensor, _ after: Tensor) -> [Head] {
        zip(names(set), zip(told(set, before), told(set, after))).map { head, told in
            func counted(_ numbers: [Int]) -> [Share] {
                Dictionary(grouping: numbers) { $0 }
                    .map { number, all in
                        let share = Double(all.count) / Double(numbers.count)
                        return Share(name: head.values[number], share: share)
                    }
                    .sorted { ($1.share, $0.name) < ($0.share, $1.name) }.prefix(5).map { $0 }
            }
            let kept = zip(told.0, told.1).count { $0 == $1 }
            return Head(
                name: head.head,
                kept: Double(kept) / Double(told.0.count),
                before: counted(told.0),
                after: counted(told.1)
            )
        }
    }
}
