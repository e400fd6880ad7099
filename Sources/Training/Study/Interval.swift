import Checks
import Foundation

/// A mean of measurements, and how far it may be off.
public struct Interval: Sendable, Equatable, Codable {
    /// The mean.
    public let mean: Double
    /// Half the width of the interval that has the true mean in it 95 times of 100.
    public let half: Double

    /// The interval of a few independent measurements, by Student's distribution.
    ///
    /// - Precondition: one measurement at least; of a single one the width is not known.
    public init(_ values: [Double]) {
        precondition(!values.isEmpty, "no measurement")
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        half =
            values.count < 2
            ? .nan
            : Interval.quantile(values.count - 1) * (squares / (count - 1) / count).squareRoot()
    }

    /// The interval's ends.
    public var ends: ClosedRange<Double>? { half.isFinite ? mean - half...mean + half : nil }

    /// Student's 97.5th percentile for so many degrees of freedom.
    ///
    /// Source: tables; from 30 on Cornish and Fisher's expansion about the normal percentile.
    private static func quantile(_ freedom: Int) -> Double {
        let table = [
            12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179,
            2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064,
            2.060, 2.056, 2.052, 2.048, 2.045,
        ]
        if freedom <= table.count { return table[freedom - 1] }
        let (z, n) = (1.959_964, Double(freedom))
        return z + (pow(z, 3) + z) / (4 * n)
            + (5 * pow(z, 5) + 16 * pow(z, 3) + 3 * z) / (96 * n * n)
    }
}
