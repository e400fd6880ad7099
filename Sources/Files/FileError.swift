import Foundation

/// A call to the file system that failed.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What was tried, such as `write`.
    public let action: String
    /// The file or folder.
    public let path: String
    /// The system's number of the error; 0 when the system gave none.
    public let code: Int32
    /// The reason in words.
    public let reason: String

    /// An error of the system; without a number, the last one of this thread.
    public init(_ action: String, path: String, code: Int32 = errno) {
        self.action = action
        self.path = path
        self.code = code
        reason = String(cString: strerror(code))
    }

    /// An error that the system did not give.
    public init(_ action: String, path: String, reason: String) {
        self.action = action
        self.path = path
        code = 0
        self.reason = reason
    }

    /// What was tried, where, and why it failed.
    public var description: String {
        "cannot \(action) \(TerminalText.name(path)): \(reason)"
    }
}
