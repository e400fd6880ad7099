/// How the axes of a volume lie in the body.
public struct VolumeAxes: Sendable, Equatable {
    /// An axis of a volume that goes along one of the patient's.
    public struct Axis: Sendable, Equatable {
        /// Which of the volume's.
        public let place: Int
        /// Whether it goes to the right, the front or the head.
        public let isForward: Bool
        /// How far values lie apart along it.
        ///
        /// Units: millimetres.
        public let step: Double
    }

    /// The volume's axes along the patient's: to the right, to the front, to the head.
    public let axes: [Axis]

    /// The axes by a matrix from places to millimetres; one that says nothing counts as none.
    ///
    /// - Parameter rows: Three rows of three numbers.
    init(_ rows: [[Double]]) {
        let steps = (0..<3).map { column in
            rows.reduce(0) { $0 + $1[column] * $1[column] }.squareRoot()
        }
        guard steps.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            axes = (0..<3).map { Axis(place: $0, isForward: true, step: 1) }
            return
        }
        func share(_ axis: Int, _ column: Int) -> Double { abs(rows[axis][column]) / steps[column] }
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        // The order in which the axes go most along the patient's.
        var best = orders[0]
        var most = -1.0
        for order in orders {
            let sum = (0..<3).reduce(0) { $0 + share($1, order[$1]) }
            if sum > most + 1e-9 { (best, most) = (order, sum) }
        }
        axes = (0..<3).map { axis in
            Axis(place: best[axis], isForward: rows[axis][best[axis]] >= 0, step: steps[best[axis]])
        }
    }

    /// The axes by a turn.
    ///
    /// Source: `nifti1.h`, method 2.
    ///
    /// - Parameters:
    ///   - turn: The last three numbers of a quaternion of length 1.
    ///   - steps: How far values lie apart.
    ///   - isMirrored: Whether the third axis goes the other way.
    init(turn: [Double], steps: [Double], isMirrored: Bool) {
        let (b, c, d) = (turn[0], turn[1], turn[2])
        let a = max(1 - b * b - c * c - d * d, 0).squareRoot()
        let third = isMirrored ? -steps[2] : steps[2]
        self.init([
            [
                (a * a + b * b - c * c - d * d) * steps[0], 2 * (b * c - a * d) * steps[1],
                2 * (b * d + a * c) * third,
            ],
            [
                2 * (b * c + a * d) * steps[0], (a * a + c * c - b * b - d * d) * steps[1],
                2 * (c * d - a * b) * third,
            ],
            [
                2 * (b * d - a * c) * steps[0], 2 * (c * d + a * b) * steps[1],
                (a * a + d * d - c * c - b * b) * third,
            ],
        ])
    }
}
