import Foundation

extension WeightAverage {
    /// How the past fades.
    public enum Decay: Codable, Sendable, Hashable {
        /// After that many images what was then counts half, whatever the batch.
        ///
        /// With a ramp-up the half-life is at most that share of the images seen so far, so that the
        /// random start is soon forgotten; 0.05 is usual.
        case halfLife(images: Double, rampUp: Double?)
        /// An update keeps this share of the past.
        ///
        /// When warming up, update t from 1 keeps at most (1 + t) / (10 + t).
        case perUpdate(keeps: Double, warmsUp: Bool)

        /// The share of the past that the next update keeps.
        ///
        /// - Parameters:
        ///   - images: How many the update is for.
        ///   - imagesSeen: How many were seen before.
        ///   - updateCount: How many updates there were before.
        /// - Returns: 0 for nothing of it, up to 1.
        public func share(images: Int, imagesSeen: Int, updateCount: Int) -> Double {
            switch self {
            case .halfLife(let halfLife, let rampUp):
                let limit = rampUp.map { Double(imagesSeen) * $0 } ?? .infinity
                return pow(0.5, Double(images) / max(min(halfLife, limit), 1e-8))
            case .perUpdate(let share, let warmsUp):
                let time = Double(updateCount + 1)
                return warmsUp ? min(share, (1 + time) / (10 + time)) : share
            }
        }

        /// Checks the settings by arithmetic alone.
        ///
        /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
        public func validate() throws(OptimizerError) {
            switch self {
            case .halfLife(let images, let rampUp):
                try OptimizerError.checkPositive("halfLife", images)
                if let rampUp { try OptimizerError.checkPositive("rampUp", rampUp) }
            case .perUpdate(let share, _):
                try OptimizerError.checkShare("keeps", share)
            }
        }
    }
}
