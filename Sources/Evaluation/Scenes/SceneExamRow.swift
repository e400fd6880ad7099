import Datasets

/// What one row of the exam asks for.
public enum SceneExamRow: String, Codable, Sendable, CaseIterable {
    /// One thing: it is there.
    case thing
    /// A thing of a colour: both.
    case colour
    /// Two to four of a thing: as many.
    case counting
    /// Two things: both are there.
    case twoThings = "two-things"
    /// Two things: both are there, placed as asked.
    case position
    /// Two things, each of a colour: both colours on the right things.
    case binding
    /// A head that wears something: both, in place.
    case wearing
    /// A thing in a style: both.
    case style

    /// What it is called in tables.
    public var title: String {
        switch self {
        case .thing: "one thing"
        case .twoThings: "two things"
        case .binding: "attribute binding"
        case .colour, .counting, .position, .wearing, .style: rawValue
        }
    }

    /// How its scenes are put together.
    var production: SceneProduction {
        switch self {
        case .thing, .style: .thing
        case .colour: .colour
        case .counting: .count
        case .twoThings, .position: .relation
        case .binding: .binding
        case .wearing: .wearing
        }
    }

    /// What is around what its scenes are about.
    var setting: SceneSetting { self == .style ? .styled : .bare }

    /// The share of the judge's ceiling that a model should reach with what is held out.
    public var goal: Double {
        switch self {
        case .thing: 0.9
        case .colour, .style: 0.85
        case .counting, .twoThings: 0.75
        case .position: 0.65
        case .binding, .wearing: 0.6
        }
    }
}
