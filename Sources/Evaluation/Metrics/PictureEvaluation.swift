import Foundation

/// Figures of drawings beside real pictures, and what they were measured with.
public struct PictureEvaluation: Codable, Sendable, Equatable {
    /// What was measured.
    public var subject: String
    /// The real pictures.
    public var real: String
    /// How many drawings were looked at.
    public var drawings: Int
    /// Training pictures beside them, and those held out.
    public var realCounts: [Int]
    /// The network whose features were compared.
    public var features: String
    /// What tells its weights from all others.
    public var featuresDigest: String
    /// The figures.
    public var measurements: [Measurement]
    /// What was not measured, and why.
    public var omissions: [Omission]
    /// The drawings that lie nearest to a training picture, where that was measured.
    public var nearest: [NearestPair] = []
    /// How long each metric took.
    ///
    /// Units: seconds.
    public var seconds: [String: Double]
}

extension PictureEvaluation {
    /// The figures for people, in lines of equal columns.
    public var table: String {
        let rows = measurements.map { one in
            let value = String(format: abs(one.value) < 10 ? "%.4f" : "%.2f", one.value)
            let half =
                if let low = one.low, let high = one.high {
                    String(format: "%.4f to %.4f", low, high)
                } else {
                    one.half.map { String(format: "± %.2g", $0) } ?? ""
                }
            let arrow = one.moreIsBetter.map { $0 ? "↑" : "↓" } ?? " "
            let counts = one.real > 0 ? "\(one.drawings) | \(one.real)" : "\(one.drawings)"
            return [one.name + " " + arrow, value, half, counts]
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            row.indices.map { column in
                row[column].padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }
}
