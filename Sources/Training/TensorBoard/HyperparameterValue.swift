/// One setting of a run, as TensorBoard's table of runs shows it.
public enum HyperparameterValue: Sendable, Equatable {
    /// A number.
    case number(Double)
    /// A word.
    case text(String)
    /// Yes or no.
    case flag(Bool)
}

extension HyperparameterValue: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByBooleanLiteral
{
    /// A number.
    public init(floatLiteral value: Double) {
        self = .number(value)
    }

    /// A whole number.
    public init(integerLiteral value: Int) {
        self = .number(Double(value))
    }

    /// A word.
    public init(stringLiteral value: String) {
        self = .text(value)
    }

    /// Yes or no.
    public init(booleanLiteral value: Bool) {
        self = .flag(value)
    }
}
