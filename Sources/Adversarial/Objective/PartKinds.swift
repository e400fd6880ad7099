import Runs
import Torch

/// The regularisers that recipes can name: a new one is a line here.
enum Regularisers {
    static let all: [any RegulariserPart.Type] = [
        WeightClipping.self, Consistency.self, Hardening.self, Drift.self, FeatureMatching.self,
        GradientPenalty.self, LeCam.self, PathLength.self, RealPenalty.self, FakePenalty.self,
    ]
}

/// The tasks that recipes can name: a new one is a line here.
enum DiscriminatorTasks {
    static let all: [any DiscriminatorTask.Type] = [
        Classification.self, Restoration.self, Rotation.self,
    ]
}

/// The augmentations that recipes can name, in the order in which they are made.
enum PlayerAugmentations {
    static let all: [any PlayerAugmentation.Type] = [
        AttentionCrop.self, AdaptiveAugmentation.self, DiffAugment.self, InstanceNoise.self,
    ]
}

extension RegulariserPart {
    static func made(_ tree: SettingValue) throws(SettingProblem) -> any Regulariser {
        self.init(try SettingCoding.value(Settings.self, of: tree))
    }
}

extension DiscriminatorTask {
    static func made(
        _ tree: SettingValue,
        on trunk: TrunkShape,
        for subject: Subject,
        using streams: NetworkStreams
    ) throws(SettingProblem) -> any DiscriminatorTask {
        self.init(
            try SettingCoding.value(Settings.self, of: tree),
            on: trunk,
            for: subject,
            using: streams
        )
    }
}

extension PlayerAugmentation {
    static func made(
        _ tree: SettingValue,
        for subject: Subject
    ) throws(SettingProblem) -> any PlayerAugmentation {
        self.init(try SettingCoding.value(Settings.self, of: tree), for: subject)
    }
}
