import Adversarial
import Runs
import Settings
import Torch

extension CriticDescription {
    /// The critic that is described, with random weights.
    ///
    /// - Throws: `ModelProblem` when this version cannot build it.
    public func critic() throws(ModelProblem) -> Critic {
        guard let spec = ImageSpec(model) else {
            throw .unfit("pictures of size \(model.size), labels '\(model.labelKind)'")
        }
        guard let family = ModelFamily.registry[model.family] else {
            throw .unknownFamily(model.family)
        }
        try ModelProblem.refuse(family.problems(model.settings, for: spec))
        let source = RandomSource(seed: 0)
        let streams = NetworkStreams(weights: source, chance: source)
        let discriminator = family.discriminator(model.settings, for: spec, using: streams)
        let trunk = TrunkShape(discriminator, for: spec)
        var heads: [any DiscriminatorTask] = []
        for (name, tree) in tasks.sorted(by: { $0.key < $1.key }) {
            guard let kind = DiscriminatorTasks.registry[name] else {
                throw .unfit("its discriminator learned '\(name)', which is not known here")
            }
            do throws(SettingProblem) {
                heads.append(try kind.made(tree, on: trunk, for: spec, using: streams))
            } catch {
                throw .unfit("\(error)")
            }
        }
        return Critic(discriminator, tasks: heads)
    }
}
