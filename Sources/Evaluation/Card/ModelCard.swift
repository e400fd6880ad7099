import Foundation
import Generation
import Torch

/// What a model can do, measured: the tables of its card.
public struct ModelCard: Codable, Sendable, Equatable {
    /// Figures under one setting.
    public struct Row: Codable, Sendable, Equatable {
        /// The setting.
        public var name: String
        /// How often drawings show what was asked for.
        public var prompts: PromptFigures
        /// How near they are to real pictures, where that was measured.
        public var distances: DistanceFigures?
    }

    /// The weights that were measured.
    public var digest: String
    /// Figures of training pictures that are asked for, in both languages, of those held out, and of
    /// the real pictures beside them.
    public var rows: [Row]
    /// How figures change with the guidance.
    public var guidance: [Row]
    /// How figures change with the temperature.
    public var temperature: [Row]

    /// How much is measured.
    public struct Effort: Sendable, Equatable {
        /// Prompts for training pictures, four drawings each.
        public var prompts = 250
        /// Prompts for each point of a curve, four drawings each.
        public var curvePrompts = 60
        /// Passes over the pictures in which the judge learns.
        public var judgeEpochs = 40

        /// As in the published card.
        public init() {}
    }

    /// Measures a model.
    ///
    /// - Parameters:
    ///   - model: One that is asked with words.
    ///   - effort: How much is measured.
    ///   - data: Where its data set lies; the known places by default.
    ///   - folder: Where the judge is kept.
    ///   - notice: Told what happens.
    /// - Throws: What is wrong with model or data.
    public init(
        of model: GeneratorModel,
        effort: Effort = Effort(),
        data: String? = nil,
        keptIn folder: URL,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        guard model.description.text != nil else {
            throw GenerationError.noWords(model: model.description.recipe)
        }
        let set = try JudgedSet(
            of: model,
            path: data,
            keptIn: folder,
            epochs: effort.judgeEpochs,
            notice: notice
        )
        let exam = PromptExam(model, set, try PictureIndex(of: model, path: data, notice: notice))
        let seen = exam.seen(effort.prompts, seed: 1)
        let curve = Array(exam.seen(effort.curvePrompts, seed: 2))
        func row(
            _ name: String,
            _ places: [Int],
            language: String = "en",
            measures: Bool = false,
            _ sampling: ((inout SamplingOptions) -> Void)? = nil
        ) throws -> Row {
            notice("asking for \(places.count) pictures: \(name)")
            let outcome = try exam.take(
                places,
                each: 4,
                language: language,
                sampling: sampling,
                measures: measures
            )
            return Row(name: name, prompts: outcome.prompts, distances: outcome.distances)
        }
        digest = model.digest
        rows = [
            try row("seen, English", seen, measures: true),
            try row("seen, Chinese", seen, language: "zh"),
            try row("held-out combinations, English", exam.heldOut),
        ]
        for (kind, places) in [("seen", seen), ("held-out", exam.heldOut)] {
            for throughCodes in [false, true] {
                rows.append(
                    Row(
                        name:
                            "*real pictures, \(kind)\(throughCodes ? ", made from their codes" : "")*",
                        prompts: try exam.real(places, throughCodes: throughCodes)
                    )
                )
            }
        }
        guidance = try [1, 1.5, 2, 3, 4].map { value in
            try row("\(value)", curve, measures: true) { $0.guidance = value }
        }
        temperature = try [0.7, 0.85, 1, 1.15].map { (value: Double) in
            try row("\(value)", curve, measures: true) { $0.temperature = value }
        }
    }
}
