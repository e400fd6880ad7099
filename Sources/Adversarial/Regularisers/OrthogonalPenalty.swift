import Neural
import Runs
import Settings
import Torch

/// Weights of a layer's outputs kept from pointing the same way, whatever their lengths.
public final class OrthogonalPenalty: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// The weight for the generator.
        public var weight: Scheduled = 1e-4
        /// The weight for the discriminator; 0 leaves it out.
        public var discriminatorWeight: Scheduled = 0

        /// The numbers of the paper.
        public init() {}

        /// Numbers of zero or more.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(discriminatorWeight, "discriminator-weight")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "orthogonal"
    /// What it is.
    public static let summary = "weights of different outputs at right angles"
    /// The paper that it follows.
    public static let source = "Brock et al., Large scale GAN training (BigGAN), 2019, equation 3"

    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · Σ of the squared products of different outputs' weights, for the generator.
    public func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        term(turn.generator, settings.weight.value(at: turn.images))
    }

    /// The same for the discriminator.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        term(turn.discriminator, settings.discriminatorWeight.value(at: turn.images))
    }

    private func term(_ network: Module, _ weight: Double) -> Tensor? {
        guard weight > 0 else { return nil }
        let layers = network.members.modules.compactMap { _, module in
            (module as? Convolution2D)?.weight ?? (module as? Dense)?.weight
        }
        let terms = layers.map { weight in
            let rows = weight.reshaped([weight.size(0), -1]).inFloat32()
            let products = rows.multiplied(by: rows.transposed(0, 1))
            let own = Tensor.identity(rows.size(0), dtype: rows.dtype, device: rows.device)
            return (products * (1 - own)).squared().sum()
        }
        guard let first = terms.first else { return nil }
        return terms.dropFirst().reduce(first) { $0 + $1 } * weight
    }
}
