import Registries
import Runs
import Settings
import Torch

/// The regularisers that recipes can name: a new one is a line here, or added by another package.
public enum Regularisers {
    /// Those that come with the product, and those that were added.
    public static let registry = Registry<any RegulariserPart.Type>(
        "regulariser",
        [
            WeightClipping.self, Consistency.self, NeighbourhoodPenalty.self, Hardening.self,
            Drift.self, FeatureMatching.self, GradientPenalty.self, LargestGradientPenalty.self,
            LatentConsistency.self, LeCam.self, OrthogonalPenalty.self, PathLength.self,
            RealPenalty.self, FakePenalty.self,
        ]
    ) { $0.name }
}

/// The tasks that recipes can name: a new one is a line here, or added by another package.
public enum DiscriminatorTasks {
    /// Those that come with the product, and those that were added.
    public static let registry = Registry<any DiscriminatorTask.Type>(
        "task",
        [
            Classification.self, NegativeClassification.self, Contrastive.self, LatentReading.self,
            Restoration.self, Rotation.self,
        ]
    ) { $0.name }
}

/// The augmentations that recipes can name, in the order in which they are made.
public enum PlayerAugmentations {
    /// Those that come with the product, and those that were added.
    public static let registry = Registry<any PlayerAugmentation.Type>(
        "augmentation",
        [
            AttentionCrop.self, AdaptiveAugmentation.self, DiffAugment.self, InstanceNoise.self,
            PseudoAugmentation.self,
        ]
    ) { $0.name }
}

extension RegulariserPart {
    static func made(_ tree: SettingValue) throws(SettingProblem) -> any Regulariser {
        self.init(try SettingCoding.value(Settings.self, of: tree))
    }
}

extension DiscriminatorTask {
    package static func made(
        _ tree: SettingValue,
        on trunk: TrunkShape,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) throws(SettingProblem) -> any DiscriminatorTask {
        self.init(
            try SettingCoding.value(Settings.self, of: tree),
            on: trunk,
            for: spec,
            using: streams
        )
    }
}

extension PlayerAugmentation {
    static func made(
        _ tree: SettingValue,
        for spec: ImageSpec
    ) throws(SettingProblem) -> any PlayerAugmentation {
        self.init(try SettingCoding.value(Settings.self, of: tree), for: spec)
    }
}
