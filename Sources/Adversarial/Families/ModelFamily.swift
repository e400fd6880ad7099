import Checks
import Neural
import Runs
import Settings
import Torch

/// A family of networks whose settings are a tree, as recipes and files of weights have them: how its networks are
/// made, what other parts must know of them, and how they are trained.
public struct ModelFamily: Sendable {
    /// What a recipe may say.
    public let schema: PartSchema
    private let find: @Sendable (SettingValue, ImageSpec) -> [SettingProblem]
    private let tell: @Sendable (SettingValue) -> FamilyTraits
    private let against: @Sendable (Recipe) -> [SettingProblem]
    private let count: @Sendable (SettingValue, ImageSpec) -> Int?
    private let draw:
        @Sendable (SettingValue, ImageSpec, LatentDistribution, NetworkStreams) ->
            any Generator
    private let judge: @Sendable (SettingValue, ImageSpec, NetworkStreams) -> any Discriminator

    /// A family by what it does.
    ///
    /// - Parameters:
    ///   - schema: What a recipe may say.
    ///   - problems: What is wrong with settings for some pictures.
    ///   - traits: What other parts must know, of settings without problems.
    ///   - conflicts: Reasons against a recipe that is right part by part.
    ///   - products: Of a step for one drawn and one real picture; nil where nobody has counted them.
    ///   - generator: The network that draws.
    ///   - discriminator: The network that judges; never asked for where networks learn without one.
    public init(
        schema: PartSchema,
        problems: @escaping @Sendable (SettingValue, ImageSpec) -> [SettingProblem],
        traits: @escaping @Sendable (SettingValue) -> FamilyTraits,
        conflicts: @escaping @Sendable (Recipe) -> [SettingProblem] = { _ in [] },
        products: @escaping @Sendable (SettingValue, ImageSpec) -> Int? = { _, _ in nil },
        generator:
            @escaping @Sendable (
                SettingValue, ImageSpec, LatentDistribution, NetworkStreams
            ) -> any Generator,
        discriminator:
            @escaping @Sendable (SettingValue, ImageSpec, NetworkStreams) ->
            any Discriminator
    ) {
        (self.schema, find, tell) = (schema, problems, traits)
        (against, count, draw, judge) = (conflicts, products, generator, discriminator)
    }

    /// The family of that type.
    public init<Kind: Family>(_ family: Kind.Type) {
        let read = { @Sendable (tree: SettingValue) -> Kind.Settings in
            do throws(SettingProblem) {
                return try SettingCoding.value(Kind.Settings.self, of: tree)
            } catch {
                preconditionFailure("settings of '\(Kind.name)' that were not checked: \(error)")
            }
        }
        self.init(
            schema: PartSchema(
                name: Kind.name,
                summary: Kind.summary,
                source: Kind.source,
                settings: Kind.Settings.self
            ),
            problems: { tree, spec in
                do throws(SettingProblem) {
                    let settings = try SettingCoding.value(Kind.Settings.self, of: tree)
                    // What is wrong by itself may be too large to count with.
                    let own = settings.problems
                    return own.isEmpty ? Kind.problems(settings, for: spec) : own
                } catch {
                    return [error]
                }
            },
            traits: { Kind.traits(read($0)) },
            conflicts: { Kind.conflicts($0) },
            products: { Kind.products(read($0), for: $1) },
            generator: { Kind.generator(read($0), for: $1, using: $3) },
            discriminator: { Kind.discriminator(read($0), for: $1, using: $2) }
        )
    }

    /// The name in recipes.
    public var name: String { schema.name }

    /// What is wrong with the settings for these pictures.
    public func problems(_ settings: SettingValue, for spec: ImageSpec) -> [SettingProblem] {
        let own = spec.problems
        guard own.isEmpty else { return own }
        let problems = find(settings, spec)
        guard problems.isEmpty, spec.wraps, !traits(settings).canWrap else { return problems }
        return [
            SettingProblem(
                "wraps",
                expected: "none for the family '\(name)', whose layers do not reach over an edge",
                found: "horizontally"
            )
        ]
    }

    /// What other parts must know.
    ///
    /// - Precondition: the settings have no problems, here and below.
    public func traits(_ settings: SettingValue) -> FamilyTraits { tell(settings) }

    /// Reasons against a recipe of the family that is right part by part.
    public func conflicts(_ recipe: Recipe) -> [SettingProblem] { against(recipe) }

    /// Products of a step for one drawn and one real picture; nil where nobody has counted them.
    public func products(_ settings: SettingValue, for spec: ImageSpec) -> Int? {
        count(settings, spec)
    }

    /// The network that draws.
    public func generator(
        _ settings: SettingValue,
        for spec: ImageSpec,
        from distribution: LatentDistribution = .normal,
        using streams: NetworkStreams
    ) -> any Generator {
        let generator = draw(settings, spec, distribution, streams)
        if spec.wraps { generator.wrapColumnsOfLayers() }
        return generator
    }

    /// The network that judges.
    ///
    /// - Precondition: the family has one, see `FamilyTraits/training`.
    public func discriminator(
        _ settings: SettingValue,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Discriminator {
        let discriminator = judge(settings, spec, streams)
        if spec.wraps { discriminator.wrapColumnsOfLayers() }
        return discriminator
    }
}
