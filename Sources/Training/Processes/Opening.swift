import Foundation
import Runs
import Torch

/// What the leading process tells the others of a run before it begins.
struct Opening: Codable {
    /// Where the run is kept, on the leading process's machine.
    var folder: URL
    /// What is trained.
    var recipe: Recipe
    /// Whether the run is new.
    var isNew: Bool
    /// Classes that were known before the run.
    var keptClasses: Int
    /// Where the data lies, if that was told.
    var dataPath: String?
    /// Real pictures in a tick.
    var tickImages: Int
    /// Steps between two checkpoints; nothing for one an epoch.
    var checkpointSteps: Int?

    /// Tells the others.
    ///
    /// - Throws: `ProcessGroupError`.
    func tell(_ group: ProcessGroup) throws {
        _ = try group.spread([UInt8](JSONEncoder().encode(Call.run(self))))
    }

    /// Tells the others that there is no run, and why.
    static func refuse(_ problem: String, _ group: ProcessGroup) {
        guard let bytes = try? JSONEncoder().encode(Call.none(problem)) else { return }
        _ = try? group.spread([UInt8](bytes))
    }

    /// Hears what the leading process tells.
    ///
    /// - Throws: `ProcessGroupError`, also where the leading process has no run to tell of.
    static func heard(from group: ProcessGroup) throws -> Opening {
        switch try JSONDecoder().decode(Call.self, from: Data(group.spread([]))) {
        case .run(let opening): return opening
        case .none(let problem): throw ProcessGroupError.ended(process: 0, reason: problem)
        }
    }

    private enum Call: Codable {
        case run(Opening)
        case none(String)
    }
}
