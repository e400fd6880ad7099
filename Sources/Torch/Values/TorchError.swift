/// What can fail because the world is not as hoped, with what to do about it.
public enum TorchError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A device name that is none.
    case unknownDevice(String)
    /// A device that this machine or this libtorch lacks.
    case absentDevice(String, present: [String])
    /// A file of weights that breaks a rule of its format.
    case badWeights(path: String, problem: String)
    /// A file that could not be read or written.
    case file(path: String, problem: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .unknownDevice(let name):
            "'\(name)' is no device; expected cpu, cuda, cuda:N or mps."
        case .absentDevice(let name, let present):
            "Device '\(name)' is not available; this process can use \(present.joined(separator: ", "))."
                + " Choose one of these, or install a libtorch built for that device and set LIBTORCH."
        case .badWeights(let path, let problem):
            "\(path) is not a valid safetensors file: \(problem)"
        case .file(let path, let problem):
            "\(path): \(problem)"
        }
    }
}
