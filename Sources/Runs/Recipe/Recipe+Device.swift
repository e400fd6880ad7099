extension Recipe {
    /// A processor by name: `cpu`, `cuda`, `cuda:1` or `mps`.
    public enum Device: Sendable, Equatable, RawRepresentable, Codable {
        /// The processor.
        case cpu
        /// An NVIDIA accelerator by its number.
        case cuda(Int)
        /// An Apple accelerator.
        case mps

        /// Reads a name; `nil` when it is none of the known ones.
        public init?(rawValue: String) {
            switch rawValue {
            case "cpu": self = .cpu
            case "cuda": self = .cuda(0)
            case "mps": self = .mps
            default:
                let parts = rawValue.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 2, parts[0] == "cuda", let index = Int(parts[1]),
                    (0..<64).contains(index), String(index) == parts[1]
                else { return nil }
                self = .cuda(index)
            }
        }

        /// The name, such as `cuda:0`.
        public var rawValue: String {
            switch self {
            case .cpu: "cpu"
            case .cuda(let index): "cuda:\(index)"
            case .mps: "mps"
            }
        }
    }
}
