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
}
