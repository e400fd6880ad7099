import Datasets
import Foundation
import Generation
import ImageMetrics
import Torch

/// What came of an exam.
public struct SceneExamTable: Codable, Sendable, Equatable {
    /// One row, part and language.
    public struct Cell: Codable, Sendable, Equatable {
        /// What was asked for.
        public var row: SceneExamRow
        /// Whether the combinations were shown in training.
        public var part: ScenePart
        /// In which language.
        public var language: String
        /// Drawings that were looked at.
        public var drawings: Int
        /// The share that is right.
        public var share: Double
        /// The share of real scenes that the judge tells rightly.
        public var ceiling: Double
        /// The same of real scenes made from the model's codes; nothing for a model without codes.
        public var codes: Double?

        /// What was reached of what can be.
        public var ofCeiling: Double { ceiling > 0 ? share / ceiling : 0 }
        /// Whether that is as much as was wished for.
        public var isReached: Bool { ofCeiling >= row.goal }
    }

    /// The weights that were examined.
    public var digest: String
    /// Rows, parts and languages.
    public var cells: [Cell]
    /// The Fréchet distance of drawings from real scenes, by the judge's features.
    public var frechet: Double
    /// The share of drawings among real scenes.
    public var precision: Double
    /// The share of real scenes among drawings.
    public var recall: Double
    /// Decibels of held-out scenes made from their codes; nothing for a model without codes.
    public var decibels: Double?
    /// Energy in the top octave of those over that of the real ones.
    public var topOctave: Double?
    /// Seconds a drawing, in fours.
    public var seconds: Double

    /// Examines a model.
    ///
    /// - Parameters:
    ///   - model: One that is asked with words.
    ///   - exam: The scenes and the judge.
    ///   - rows: What is asked for.
    ///   - notice: Told what happens.
    ///   - watch: Told of each prompt.
    /// - Throws: What the model cannot do.
    public init(
        of model: GeneratorModel,
        _ exam: SceneExam,
        rows: [SceneExamRow] = SceneExamRow.allCases,
        notice: (String) -> Void,
        watch: (SceneExamAnswer) throws -> Void = { _ in }
    ) throws {
        guard model.description.text != nil else {
            throw GenerationError.noWords(model: model.description.recipe)
        }
        let hasCodes =
            model.description.channels == 4 && model.size == (SceneJudge.pixels, SceneJudge.pixels)
            && (try? model.remade(exam.heldOutPictures(1))) != nil
        var (cells, drawn, real): ([Cell], [Tensor], [Tensor]) = ([], [], [])
        var (seconds, count) = (0.0, 0)
        for row in rows {
            for part in [ScenePart.seen, .heldOut] {
                notice("\(row.title), \(part.rawValue)")
                let ceiling = try exam.ceiling(row, part)
                let codes = hasCodes ? try exam.ceiling(row, part) { try model.remade($0) } : nil
                for language in ["en", "zh"] {
                    let found = try exam.drawn(by: model, row, part, language, watch: watch)
                    cells.append(
                        Cell(
                            row: row,
                            part: part,
                            language: language,
                            drawings: found.drawings,
                            share: Double(found.right) / Double(found.drawings),
                            ceiling: ceiling,
                            codes: codes
                        )
                    )
                    seconds += found.seconds
                    count += found.drawings
                    if language == "en" { drawn += found.features }
                }
                real.append(try exam.realFeatures(row, part, count: exam.drawings))
            }
        }
        let features = (drawn: Tensor.concatenated(drawn), real: Tensor.concatenated(real))
        frechet = frechetDistance(features.drawn, features.real)
        let scores = ManifoldScores(features.drawn, beside: features.real, k: 3)
        (precision, recall) = (scores.precision, scores.recall)
        (self.cells, digest, self.seconds) = (cells, model.digest, seconds / Double(max(count, 1)))
        guard hasCodes else { return }
        let pictures = try exam.heldOutPictures(200)
        let remade = try Tensor.concatenated(
            stride(from: 0, to: 200, by: 50).map {
                try model.remade(pictures.sliced($0..<$0 + 50, along: 0))
            }
        )
        let errors = (remade - pictures).squared().mean(over: [1, 2, 3]).doubles()
        // A signal from −1 to 1 has a range of two.
        decibels = errors.reduce(0) { $0 + 10 * log10(4 / max($1, 1e-10)) } / 200
        topOctave = SceneExamTable.energy(remade) / SceneExamTable.energy(pictures)
    }

    /// The energy of the highest octave of frequencies.
    private static func energy(_ pictures: Tensor) -> Double {
        let power = RadialSpectrum(pictures).power
        let octave = power[(power.count / 2)...]
        return octave.enumerated().reduce(0) { sum, part in
            // Power is a mean over a ring; the ring grows with its radius.
            sum + pow(10, part.element) * Double(power.count / 2 + part.offset + 1)
        }
    }

    /// The tables in Markdown.
    public var markdown: String {
        func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
        var lines = [
            "| row | combinations | language | right | judge's ceiling | from codes | of ceiling | goal |",
            "|---|---|---|---:|---:|---:|---:|---:|",
        ]
        for cell in cells {
            let goal = cell.part == .heldOut ? String(format: "%.2f", cell.row.goal) : ""
            lines.append(
                "| \(cell.row.title) | \(cell.part.rawValue) | \(cell.language)"
                    + " | \(percent(cell.share)) | \(percent(cell.ceiling))"
                    + " | \(cell.codes.map(percent) ?? "—")"
                    + " | \(String(format: "%.2f", cell.ofCeiling)) | \(goal) |"
            )
        }
        lines += [
            "",
            String(
                format: "FID-judge %.1f, precision %.2f, recall %.2f; %.2f s a drawing.",
                frechet,
                precision,
                recall,
                seconds
            ),
        ]
        if let decibels, let topOctave {
            lines.append(
                String(
                    format:
                        "Held-out scenes from their codes: %.1f dB, top octave %.2f of the real.",
                    decibels,
                    topOctave
                )
            )
        }
        return lines.joined(separator: "\n")
    }
}
