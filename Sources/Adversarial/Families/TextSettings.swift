import Runs
import Settings

/// The texts that pictures are asked for with.
public struct TextSettings: Codable, Sendable, Equatable {
    /// Pieces that texts are made of; 0 where classes are asked for.
    public var pieces = 0
    /// Pieces of a text that count.
    public var length = 16
    /// Numbers that a piece is kept in; 0 for as many as a place of the transformer has.
    public var width = 0

    /// No texts.
    public init() {}

    /// What is wrong with the numbers.
    public var problems: [SettingProblem] {
        var problems = SettingProblems()
        problems.expect(pieces, in: 0...65_536, "pieces")
        problems.expect(length, in: 1...256, "length")
        problems.expect(width, in: 0...8192, "width")
        return problems.all
    }
}
