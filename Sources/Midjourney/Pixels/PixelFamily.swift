import Autoregressive
import Checks
import Neural
import Registries
import Runs
import Settings
import Torch

/// A kind of pixel model that recipes can name.
public protocol PixelFamily: SendableMetatype {
    /// What a recipe can say of the network.
    associatedtype Settings: PixelSettings

    /// The name in recipes.
    static var name: String { get }
    /// What it is, in one sentence.
    static var summary: String { get }
    /// The paper that it follows.
    static var source: String { get }

    /// What is wrong with the settings for pictures of that size.
    static func problems(_ settings: Settings, rows: Int, columns: Int) -> [SettingProblem]

    /// The network under the distribution, whose weights are drawn from the source.
    static func trunk(
        _ settings: Settings,
        for spec: PixelSpec,
        using source: RandomSource
    ) -> any PixelTrunk
}

extension PixelFamily {
    /// A model whose weights are drawn from the source.
    static func model(
        _ settings: Settings,
        for spec: PixelSpec,
        using source: RandomSource
    ) -> PixelModel {
        let trunk = trunk(settings, for: spec, using: source)
        let head = settings.head.head(
            features: trunk.width,
            channels: spec.channels,
            mixtures: settings.mixtures,
            using: source
        )
        return PixelModel(trunk, head, for: spec)
    }
}

/// A kind of pixel model whose settings are a tree, as recipes and files of weights have them.
public struct PixelNetworkFamily: Sendable {
    /// What a recipe may say.
    public let schema: PartSchema
    private let find: @Sendable (SettingValue, Int, Int) -> [SettingProblem]
    private let make: @Sendable (SettingValue, PixelSpec, RandomSource) -> PixelModel

    /// Those that come with the product, in alphabetical order.
    static let bundled = [
        PixelNetworkFamily(GatedPixelCNNFamily.self), PixelNetworkFamily(PixelCNNPlusFamily.self),
    ]

    /// All kinds that may refine drafts, and those that were added; each is a family, too.
    public static let registry = Registry<PixelNetworkFamily>("pixel model", bundled) {
        $0.schema.name
    }

    /// A kind of pixel model, for the registry.
    public init<Kind: PixelFamily>(_ kind: Kind.Type) {
        schema = PartSchema(
            name: Kind.name,
            summary: Kind.summary,
            source: Kind.source,
            settings: Kind.Settings.self
        )
        find = { tree, rows, columns in
            do throws(SettingProblem) {
                let settings = try SettingCoding.value(Kind.Settings.self, of: tree)
                // What is wrong by itself may be too large to count with.
                let own = settings.problems
                return own.isEmpty ? Kind.problems(settings, rows: rows, columns: columns) : own
            } catch {
                return [error]
            }
        }
        make = { tree, spec, source in
            do throws(SettingProblem) {
                let settings = try SettingCoding.value(Kind.Settings.self, of: tree)
                return Kind.model(settings, for: spec, using: source)
            } catch {
                preconditionFailure("settings of '\(Kind.name)' that were not checked: \(error)")
            }
        }
    }

    /// What is wrong with the settings for pictures of that size.
    public func problems(_ settings: SettingValue, rows: Int, columns: Int) -> [SettingProblem] {
        find(settings, rows, columns)
    }

    /// A model whose weights are drawn from the source.
    ///
    /// - Precondition: the settings have no problems.
    public func model(
        _ settings: SettingValue,
        for spec: PixelSpec,
        using source: RandomSource
    ) -> PixelModel {
        make(settings, spec, source)
    }
}
