/// Why a file of weights cannot be read: what, where, and what to do.
public struct WeightsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of trouble.
    public enum Kind: String, Sendable {
        /// The file is cut off, or breaks a rule of its format.
        case damaged
        /// What it asks for could do harm.
        case unsafe
        /// It is more than a reader takes.
        case tooLarge
        /// It is in order, and not what is read here.
        case unknown
    }

    /// What kind of trouble it is.
    public let kind: Kind
    /// The file, and the part of it.
    public var place: String
    /// What is wrong.
    public let problem: String
    /// What to do about it.
    public let cure: String

    /// A reason.
    public init(_ kind: Kind, at place: String = "", _ problem: String, cure: String? = nil) {
        (self.kind, self.place, self.problem) = (kind, place, problem)
        self.cure =
            cure
            ?? {
                switch kind {
                case .damaged: "Compare its size with the original's, or fetch it again."
                case .unsafe:
                    "Nothing of it was run. Take a file from a source you trust, best in safetensors."
                case .tooLarge: "Save the weights alone, without what training kept beside them."
                case .unknown: "See docs/models.md for what is read."
                }
            }()
    }

    /// The same trouble in a file.
    public func inFile(_ path: String) -> WeightsError {
        var error = self
        error.place = place.isEmpty ? path : "\(path): \(place)"
        return error
    }

    /// Place, problem, cure.
    public var description: String {
        (place.isEmpty ? "" : "\(place): ") + "\(problem). \(cure)"
    }
}
