import Checks
import Torch

/// The Fréchet distance for endlessly many drawings.
///
/// With few drawings the distance is too large, by about as much as one over their number. A straight line
/// through distances of growing parts of the drawings says what it would be without that.
///
/// Source: Chong and Forsyth, "Effectively unbiased FID and Inception Score", CVPR 2020.
public struct FrechetLimit: Sendable, Equatable {
    /// The distance that the line reaches.
    public let distance: Double
    /// The distances of the parts, and how many drawings each has.
    public let points: [Point]

    /// The distance of a part of the drawings.
    public struct Point: Sendable, Equatable {
        /// Drawings in it.
        public let count: Int
        /// Its distance.
        public let distance: Double
    }

    /// Follows the distance of drawings to real pictures.
    ///
    /// - Parameters:
    ///   - drawn: Features of drawings, N×d.
    ///   - real: Features of all real pictures, M×d.
    ///   - points: How many parts, even steps from a tenth of the drawings to all.
    ///   - source: Which drawings make up a part.
    /// - Precondition: there are two points, and two drawings in the smallest part.
    public init(_ drawn: Tensor, _ real: Tensor, points: Int = 15, using source: RandomSource) {
        let count = drawn.size(0)
        precondition(points >= 2 && count >= 20, "\(points) points of \(count) drawings")
        let all = FeatureMoments(real)
        self.points = (0..<points).map { point in
            let share = 0.1 + 0.9 * Double(point) / Double(points - 1)
            let part = max(Int(share * Double(count)), 2)
            let keys = Tensor.uniform([count], dtype: .float64, using: source)
            let chosen = keys.sorted(along: 0).places.sliced(0..<part, along: 0)
            return Point(
                count: part,
                distance: all.distance(to: FeatureMoments(drawn.selected(at: chosen)))
            )
        }
        let line = self.points.map { (x: 1 / Double($0.count), y: $0.distance) }
        let number = Double(line.count)
        let (x, y) = (
            line.reduce(0) { $0 + $1.x } / number, line.reduce(0) { $0 + $1.y } / number
        )
        let slope =
            line.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
            / line.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        distance = y - slope * x
    }
}
