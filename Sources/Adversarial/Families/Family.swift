import Runs
import Settings
import Torch

/// A family of networks: a generator and the discriminator that goes with it.
public protocol Family: SendableMetatype {
    /// What a recipe can say of the networks.
    associatedtype Settings: PartSettings

    /// The name in recipes.
    static var name: String { get }
    /// What it is, in one sentence.
    static var summary: String { get }
    /// The paper that it follows.
    static var source: String { get }

    /// What is wrong with the settings for these pictures; empty when networks can be built.
    static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem]

    /// What other parts of a recipe must know of the networks.
    static func traits(_ settings: Settings) -> FamilyTraits

    /// Reasons against a recipe of the family that is right part by part.
    static func conflicts(_ recipe: Recipe) -> [SettingProblem]

    /// Products of a step for one drawn and one real picture; nil where nobody has counted them.
    static func products(_ settings: Settings, for spec: ImageSpec) -> Int?

    /// The network that draws.
    static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator

    /// The network that judges.
    static func discriminator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator
}

extension Family {
    /// By default, nothing speaks against a recipe.
    public static func conflicts(_ recipe: Recipe) -> [SettingProblem] { [] }

    /// Nobody has counted them.
    public static func products(_ settings: Settings, for spec: ImageSpec) -> Int? { nil }
}

/// Where a network's random numbers come from.
public struct NetworkStreams {
    /// For its first weights.
    public let weights: RandomSource
    /// For what it leaves to chance in training: dropout, noise, mixing.
    public let chance: RandomSource

    /// Both streams.
    public init(weights: RandomSource, chance: RandomSource) {
        (self.weights, self.chance) = (weights, chance)
    }
}

/// What other parts of a recipe must know of a family's networks.
public struct FamilyTraits: Sendable, Equatable {
    /// Whether the discriminator normalises over the batch.
    public var hasBatchNorm = false
    /// Whether the discriminator's weights are divided by their norm.
    public var hasSpectralNorm = false
    /// Numbers that the discriminator gives a picture; 1 for a logit.
    public var outputs = 1
    /// Whether the generator draws by way of styles.
    public var hasStyles = false
    /// Whether the networks grow while they train.
    public var isGrowing = false
    /// Whether the generator normalises over the batch.
    public var generatorHasBatchNorm = false
    /// Whether the networks make no sense without labels.
    public var needsLabels = false

    /// Whether the generator's pictures can go on from their right edge to their left one, see `model.wraps`.
    public var canWrap = false

    /// What trains the networks.
    public var training = Training.adversarial
    /// Whether a part of the generator draws piece by piece, and learns at rates of its own.
    public var drawsPieces = false
    /// The texts that pictures are asked for with, in place of classes; nil for none.
    public var texts: TextSettings?

    /// Whether the generator learns from pictures as the codes of another model make them, see `data.remade-by`.
    public var learnsFromCodes = false

    /// Whether what was drawn before is learned again where a recipe says so, see `start.replay`.
    public var replays = false

    /// What trains networks.
    public enum Training: Sendable, Equatable {
        /// A game of two players.
        case adversarial
        /// The likelihood of pictures alone.
        case likelihood
        /// Pictures made into others, with a step of its own.
        case translation
    }

    /// Networks without any of this.
    public init() {}
}
