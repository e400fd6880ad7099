import Runs
import Settings
import Torch

/// A family whose networks another program trains, too, and how its files are read.
struct OfficialFamily: Sendable {
    /// What a file says of a network: settings that make the same one, its pictures, and where its tensors are.
    typealias Found = (settings: SettingValue, spec: ImageSpec, names: OfficialNames)

    /// The family here.
    let family: ModelFamily
    /// Reads what a file says.
    let read:
        @Sendable (OfficialWeights.Original, [String: Tensor], _ isGenerator: Bool)
            throws(OfficialWeightsError) -> Found
}
