import Foundation
import Runs
import Torch

/// What a session of training is asked to do beyond its recipe.
public struct TrainerOptions: Sendable {
    /// Where new runs are kept.
    public var root = URL(filePath: "runs", directoryHint: .isDirectory)
    /// A remark for the end of the run folder's name.
    public var note: String?
    /// Where the data lies; nothing to look in the known places.
    public var dataPath: String?
    /// The most steps of this session.
    public var steps: Int?
    /// The most minutes of this session.
    public var minutes: Double?
    /// Steps between two checkpoints; nothing for one an epoch.
    public var checkpointSteps: Int?
    /// Real pictures in a tick.
    public var tickImages = 4000
    /// The number of threads; nothing for the recipe's, or the machine's.
    public var threads: Int?

    /// The processes that train together; nothing for this one alone.
    public var processes: ProcessGroup?

    /// Where decoded pictures are kept; nothing for the user's own cache.
    public var cache: URL?
    /// Told what a person should know before the run begins: that pictures are decoded, and why.
    public var notice: @Sendable (String) -> Void = { _ in }
    /// A disaster to rehearse.
    package var fault: FaultInjection?

    /// A session without limits.
    public init() {}
}
