/// How a slice lies in the body.
public enum ScanPlane: String, Sendable, Codable, CaseIterable {
    /// Across: seen from the feet, the front up.
    case axial
    /// From the front: the head up.
    case coronal
    /// From the side: the head up, the front to the left.
    case sagittal

    /// Which axis of the patient goes through the slices: 0 to the right, 1 to the front, 2 to the head.
    var through: Int {
        switch self {
        case .axial: 2
        case .coronal: 1
        case .sagittal: 0
        }
    }

    /// The axes along columns and rows; pictures go against both.
    var across: (columns: Int, rows: Int) {
        switch self {
        case .axial: (0, 1)
        case .coronal: (0, 2)
        case .sagittal: (1, 2)
        }
    }

    /// The plane whose axis a direction is within about 25 degrees of; nothing for what lies between.
    init?(normal: [Double]) {
        guard normal.count == 3 else { return nil }
        let length = normal.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length.isFinite, length > 0 else { return nil }
        let found = ScanPlane.allCases.first { abs(normal[$0.through]) / length > 0.9 }
        guard let found else { return nil }
        self = found
    }
}
