import Checks
import Runs

/// A family whose settings are a tree, as recipes and files of weights have them.
public struct NetworkFamily: Sendable {
    /// What a recipe may say.
    public let schema: PartSchema
    private let find: @Sendable (SettingValue, Subject) -> [SettingProblem]
    private let tell: @Sendable (SettingValue) -> FamilyTraits
    private let draw: @Sendable (SettingValue, Subject, NetworkStreams) -> any Generator
    private let judge: @Sendable (SettingValue, Subject, NetworkStreams) -> any Discriminator

    /// The family of that type.
    public init<Kind: Family>(_ family: Kind.Type) {
        schema = PartSchema(
            name: Kind.name,
            summary: Kind.summary,
            source: Kind.source,
            settings: Kind.Settings.self
        )
        let read = { @Sendable (tree: SettingValue) -> Kind.Settings in
            do throws(SettingProblem) {
                return try SettingCoding.value(Kind.Settings.self, of: tree)
            } catch {
                preconditionFailure("settings of '\(Kind.name)' that were not checked: \(error)")
            }
        }
        find = { tree, subject in
            do throws(SettingProblem) {
                let settings = try SettingCoding.value(Kind.Settings.self, of: tree)
                return settings.problems + Kind.problems(settings, for: subject)
            } catch {
                return [error]
            }
        }
        tell = { Kind.traits(read($0)) }
        draw = { Kind.generator(read($0), for: $1, using: $2) }
        judge = { Kind.discriminator(read($0), for: $1, using: $2) }
    }

    /// The name in recipes.
    public var name: String { schema.name }

    /// What is wrong with the settings for these pictures.
    public func problems(_ settings: SettingValue, for subject: Subject) -> [SettingProblem] {
        find(settings, subject)
    }

    /// What other parts must know.
    ///
    /// - Precondition: the settings have no problems, here and below.
    public func traits(_ settings: SettingValue) -> FamilyTraits { tell(settings) }

    /// The network that draws.
    public func generator(
        _ settings: SettingValue,
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Generator {
        draw(settings, subject, streams)
    }

    /// The network that judges.
    public func discriminator(
        _ settings: SettingValue,
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Discriminator {
        judge(settings, subject, streams)
    }
}
