/// One option of a fixture's case.
public enum FixtureOption: Decodable, Sendable, Equatable {
    /// JSON's null.
    case none
    /// True or false.
    case flag(Bool)
    /// A number.
    case number(Double)
    /// A word.
    case text(String)
    /// Several options.
    case list([FixtureOption])

    /// Reads any JSON value but an object.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .none
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .list(try container.decode([FixtureOption].self))
        }
    }

    var number: Double? {
        guard case .number(let number) = self else { return nil }
        return number
    }
}
