import Scans

/// Which values of scans are shown from black to white.
public enum SliceWindow: Sendable, Equatable {
    /// What the file itself asks for, or else all values.
    case file
    /// From the least to the greatest value of the volume, or of the picture.
    case full
    /// The same without the lowest and the highest hundredth.
    case robust
    /// All that the file's numbers can say.
    case storable
    /// The same values for all files.
    case fixed(ValueRange)

    /// Windows that are known by name, in Hounsfield's units.
    public static let known: [(name: String, centre: Double, width: Double)] = [
        ("brain", 40, 80), ("lung", -600, 1500), ("bone", 480, 2500), ("soft-tissue", 50, 400),
    ]

    /// The window of a word or of `CENTRE/WIDTH`; nothing for anything else.
    public init?(_ text: String) {
        switch text {
        case "file": self = .file
        case "full": self = .full
        case "robust": self = .robust
        case "storable": self = .storable
        default:
            let own = SliceWindow.known.first { $0.name == text }.map { [$0.centre, $0.width] }
            let parts = own ?? text.split(separator: "/").compactMap { Double($0) }
            guard parts.count == 2, parts.allSatisfy(\.isFinite), parts[1] > 0,
                let range = ValueRange.window(centre: parts[0], width: parts[1])
            else { return nil }
            self = .fixed(range)
        }
    }

    /// What a text may be.
    public static let words =
        "file, full, robust, storable, \(known.map(\.name).joined(separator: ", ")) or CENTRE/WIDTH"

    /// What tells it from others.
    var key: String {
        switch self {
        case .file: "file"
        case .full: "full"
        case .robust: "robust"
        case .storable: "storable"
        case .fixed(let range): "\(range.low) to \(range.high)"
        }
    }
}
