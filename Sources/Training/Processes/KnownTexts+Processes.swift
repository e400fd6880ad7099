import Foundation
import Torch

extension KnownTexts {
    /// Tells the processes that follow.
    ///
    /// - Throws: `ProcessGroupError`.
    func tell(_ group: ProcessGroup) throws {
        _ = try group.spread([UInt8](JSONEncoder().encode(self)))
    }

    /// The texts of the leading process.
    ///
    /// - Throws: `ProcessGroupError`.
    init(heardFrom group: ProcessGroup) throws {
        self = try JSONDecoder().decode(KnownTexts.self, from: Data(group.spread([])))
    }
}
