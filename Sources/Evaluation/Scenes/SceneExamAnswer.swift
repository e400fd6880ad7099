import Datasets
import Imaging

/// What a model drew for one prompt of the exam.
public struct SceneExamAnswer: Sendable {
    /// What was looked at.
    public let row: SceneExamRow
    /// Whether the combination was shown in training.
    public let part: ScenePart
    /// In which language it was asked for.
    public let language: String
    /// What was asked for.
    public let text: String
    /// Which drawings are right, as the judge sees it.
    public let right: [Bool]
    /// What was drawn.
    public let drawings: [Picture]

    /// Whether both ask for the same row, in the same language, of the same part.
    public func isLike(_ other: SceneExamAnswer) -> Bool {
        (row, part, language) == (other.row, other.part, other.language)
    }

    /// A sheet of prompts, a line each: what was drawn, and what the judge says of it.
    ///
    /// - Throws: `ImagingError` where a text cannot be drawn.
    public static func sheet(_ answers: [SceneExamAnswer], size: Int = 128) throws -> Picture {
        let columns = answers.map(\.drawings.count).max() ?? 1
        let cells = try answers.flatMap { answer in
            try (0..<columns).map { number in
                guard number < answer.drawings.count else {
                    return try DatasetSheet.cell(
                        Picture(width: size, height: size, channels: 3, filledWith: .white),
                        captions: [],
                        size: size
                    )
                }
                let verdict = answer.right[number] ? "right" : "wrong"
                return try DatasetSheet.cell(
                    answer.drawings[number],
                    captions: [
                        Caption(language: answer.language, text: answer.text),
                        Caption(language: "en", text: "\(verdict), \(answer.part.rawValue)"),
                    ],
                    size: size
                )
            }
        }
        return Picture.grid(cells, columns: columns)
    }
}
