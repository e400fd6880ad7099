import Foundation
import Synchronization

/// A short body, kept in memory.
final class HubBody: Sendable {
    private let kept = Mutex(Data())
    private let limit: Int

    /// A body of at most so many bytes.
    init(limit: Int) { self.limit = limit }

    var data: Data { kept.withLock { $0 } }

    func clear() { kept.withLock { $0 = Data() } }

    /// Adds a piece.
    @Sendable func append(_ piece: Data) throws {
        try kept.withLock { kept in
            guard kept.count + piece.count <= limit else {
                throw HubError("the answer", "is longer than \(limit) bytes", cure: "try later")
            }
            kept += piece
        }
    }
}
