import Foundation
import Runs

/// What a trainer tells while it works.
public enum TrainingEvent: Sendable {
    /// A sentence for people: what is prepared, what was found.
    case note(String)
    /// Training starts or goes on.
    case started(folder: URL, step: Int, images: Int, totalSteps: Int)
    /// Another step is done; told a few times a second.
    case progress(TrainingProgress)
    /// A tick is over: the console line.
    case tick(String)
    /// The networks were judged on held-out data: the seeds' line.
    case evaluated(String)
    /// A file was written.
    case wrote(URL)
    /// The run is over.
    case finished(TrainingOutcome)
}

/// How far a run is.
public struct TrainingProgress: Sendable {
    /// Steps done.
    public let step: Int
    /// Steps of the whole run.
    public let totalSteps: Int
    /// Real pictures shown.
    public let images: Int
    /// Pictures a second, of late.
    public let imagesPerSecond: Double
    /// What the last step showed.
    public let figures: StepFigures
}

/// How a run ended.
public struct TrainingOutcome: Sendable, Codable, Equatable {
    /// Why the run ended.
    public let reason: RunStatus.Reason
    /// Steps done.
    public let step: Int
    /// Real pictures shown.
    public let images: Int
    /// The run's folder.
    public let folder: URL
    /// The checkpoint to go on from.
    public let checkpoint: URL?
}
