import Adversarial
import Runs
import Torch

extension CriticDescription {
    /// The critic that is described, with random weights.
    ///
    /// - Throws: ``ModelProblem`` when this version cannot build it.
    public func critic() throws(ModelProblem) -> Critic {
        guard let subject = Subject(model) else {
            throw .unfit("pictures of size \(model.size), labels '\(model.labelKind)'")
        }
        guard let family = NetworkFamily.known(model.family) else {
            throw .unknownFamily(model.family)
        }
        try ModelProblem.refuse(family.problems(model.settings, for: subject))
        let source = RandomSource(seed: 0)
        let streams = NetworkStreams(weights: source, chance: source)
        let discriminator = family.discriminator(model.settings, for: subject, using: streams)
        do throws(SettingProblem) {
            return Critic(
                discriminator,
                naming: try classification.map { (tree) throws(SettingProblem) in
                    try Classification(
                        tree,
                        on: TrunkShape(discriminator, for: subject),
                        for: subject,
                        using: streams
                    )
                },
                restoring: try restoration.map { (tree) throws(SettingProblem) in
                    Restoration(
                        try SettingCoding.value(Restoration.Settings.self, of: tree),
                        on: TrunkShape(discriminator, for: subject),
                        for: subject,
                        using: streams
                    )
                }
            )
        } catch {
            throw .unfit("\(error)")
        }
    }
}
