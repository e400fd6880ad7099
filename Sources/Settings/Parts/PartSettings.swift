/// The settings of a part that recipes can name: a family of networks, a regulariser, a task.
public protocol PartSettings: Codable, Sendable, Equatable {
    /// The settings of a recipe that names the part and says nothing more.
    init()

    /// What is wrong with the numbers by themselves.
    var problems: [SettingProblem] { get }
}

extension PartSettings {
    /// By default, all settings are right.
    public var problems: [SettingProblem] { [] }
}

/// No settings.
public struct NoSettings: PartSettings {
    /// There is nothing to set.
    public init() {}
}
