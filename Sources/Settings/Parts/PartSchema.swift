/// What a recipe may say of one part.
public struct PartSchema: Sendable {
    /// The name in recipes.
    public let name: String
    /// What it is, in one sentence.
    public let summary: String
    /// Where it comes from.
    public let source: String
    /// All settings with their defaults.
    public let defaults: SettingValue
    private let find: @Sendable (SettingValue) -> [SettingProblem]

    /// The schema of a part with settings of that type.
    public init<Settings: PartSettings>(
        name: String,
        summary: String,
        source: String,
        settings: Settings.Type
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        defaults = SettingCoding.tree(Settings())
        find = { tree in
            do throws(SettingProblem) {
                return try SettingCoding.value(Settings.self, of: tree).problems
            } catch {
                return [error]
            }
        }
    }

    /// What is wrong with a complete tree of settings.
    public func problems(_ tree: SettingValue) -> [SettingProblem] { find(tree) }
}
