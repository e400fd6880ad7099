import Foundation

/// How the learning rate changes with the images seen.
///
/// The rate is multiplied by a factor: 0 up to `startImages`, from 0 to 1 over `warmupImages`, 1 for `hold`, then
/// by the kind.
public struct RateSchedule: Codable, Sendable, Equatable {
    /// The shape of the change after the warm-up.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// No change.
        case constant
        /// A straight line to `RateSchedule/final`.
        case linear
        /// Half a cosine wave to `RateSchedule/final`.
        case cosine
        /// A constant ratio a picture, to `RateSchedule/final`.
        case exponential
        /// Times `RateSchedule/factor` after every `RateSchedule/stepImages`.
        case step

        /// The usual factor at the end.
        package var final: Double {
            switch self {
            case .constant, .step: 1
            case .linear, .cosine: 0
            case .exponential: 0.01
            }
        }
    }

    /// The shape.
    public var kind: Kind
    /// Images before the first of these: what learns later than others counts from there.
    public var startImages: Int
    /// Images over which the rate rises from zero.
    public var warmupImages: Int
    /// Images at which `final` is reached; 0: the run's last.
    public var totalImages: Int
    /// The share of the images after the warm-up over which the factor stays 1.
    public var hold: Double
    /// Factor at the end.
    public var final: Double
    /// Images between two steps of the kind `step`.
    public var stepImages: Int
    /// Factor of one step of the kind `step`.
    public var factor: Double

    package enum CodingKeys: String, CodingKey, CaseIterable {
        case kind
        case startImages = "start-images"
        case warmupImages = "warmup-images"
        case totalImages = "total-images"
        case hold
        case final
        case stepImages = "step-images"
        case factor
    }

    /// A schedule; `nil` for the kind's usual factor at the end.
    public init(
        kind: Kind = .constant,
        startImages: Int = 0,
        warmupImages: Int = 0,
        totalImages: Int = 0,
        hold: Double = 0,
        final: Double? = nil,
        stepImages: Int = 0,
        factor: Double = 1
    ) {
        (self.kind, self.final) = (kind, final ?? kind.final)
        (self.startImages, self.warmupImages) = (startImages, warmupImages)
        (self.totalImages, self.hold) = (totalImages, hold)
        (self.stepImages, self.factor) = (stepImages, factor)
    }

    /// What the rate is multiplied with after so many images of a run of `total`.
    public func factor(at images: Int, of total: Int) -> Double {
        let begin = startImages + warmupImages
        guard images >= begin else {
            return Double(max(images - startImages, 0)) / Double(max(warmupImages, 1))
        }
        let rest = max((totalImages > 0 ? totalImages : total) - begin, 1)
        let held = Int(exactly: (Double(rest) * min(max(hold, 0), 1)).rounded(.down)) ?? 0
        func change(_ kind: Scheduled.Kind) -> Double {
            let whole = Scheduled(
                from: 1,
                to: final,
                overImages: max(rest - held, 1),
                startImages: begin + held,
                kind: kind
            )
            return whole.value(at: images)
        }
        switch kind {
        case .constant: return 1
        case .linear: return change(.linear)
        case .cosine: return change(.cosine)
        case .exponential: return change(.exponential)
        case .step: return pow(factor, Double((images - begin) / max(stepImages, 1)))
        }
    }
}
