import Files
import Foundation
import Synchronization

/// A file of which a beginning is there.
final class HubPart: Sendable {
    private struct State: ~Copyable {
        let file: Descriptor
        var end = 0
    }

    private let state: Mutex<State>
    private let limit: Int?
    private let place: String

    /// Opens the file, or makes it.
    init(_ file: URL, limit: Int?, place: String) throws {
        (self.limit, self.place) = (limit, place)
        state = Mutex(State(file: try Descriptor(file.path, flags: O_RDWR | O_CREAT)))
    }

    /// Bytes that are there.
    var end: Int { state.withLock { $0.end } }

    /// Goes on at a place; what is behind it is lost.
    func begin(at offset: Int) throws {
        try state.withLock { state in
            try state.file.truncate(to: offset)
            state.end = offset
        }
    }

    /// Adds a piece.
    ///
    /// - Throws: `HubError` for more bytes than there should be, `FileError` where the disk refuses.
    func write(_ piece: Data) throws {
        try state.withLock { state in
            if let limit, state.end + piece.count > limit {
                try state.file.truncate(to: 0)
                throw HubError(
                    place,
                    "is longer than the \(limit) bytes that the server says",
                    cure: "try later, or another endpoint; nothing of it was kept"
                )
            }
            try piece.withUnsafeBytes { try state.file.write($0, at: state.end) }
            state.end += piece.count
        }
    }
}
