/// Which rule an optimizer follows, with its settings.
public enum OptimizerConfiguration: Sendable, Hashable {
    /// Adam.
    case adam(Adam)
    /// Adam with decoupled weight decay.
    case adamw(AdamW)
    /// Adafactor.
    case adafactor(Adafactor)
    /// Stochastic gradient descent.
    case sgd(SGD)
    /// RMSprop.
    case rmsprop(RMSprop)

    /// The names of the rules.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// Adam.
        case adam
        /// Adam with decoupled weight decay.
        case adamw
        /// Adafactor.
        case adafactor
        /// Stochastic gradient descent.
        case sgd
        /// RMSprop.
        case rmsprop
    }

    /// The rule's name.
    public var kind: Kind {
        switch self {
        case .adam: .adam
        case .adamw: .adamw
        case .adafactor: .adafactor
        case .sgd: .sgd
        case .rmsprop: .rmsprop
        }
    }

    /// The size of steps at the start.
    public var learningRate: Double { rule.learningRate }

    /// Checks the settings by arithmetic alone.
    ///
    /// - Throws: `OptimizerError.badSetting` for the first one outside its range.
    public func validate() throws(OptimizerError) { try rule.validate() }

    var rule: any UpdateRule {
        switch self {
        case .adam(let rule): rule
        case .adamw(let rule): rule
        case .adafactor(let rule): rule
        case .sgd(let rule): rule
        case .rmsprop(let rule): rule
        }
    }
}

extension OptimizerConfiguration: Codable {
    private enum Key: String, CodingKey {
        case kind
    }

    /// Reads `kind` and the settings beside it.
    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
        case .adam: self = .adam(try Adam(from: decoder))
        case .adamw: self = .adamw(try AdamW(from: decoder))
        case .adafactor: self = .adafactor(try Adafactor(from: decoder))
        case .sgd: self = .sgd(try SGD(from: decoder))
        case .rmsprop: self = .rmsprop(try RMSprop(from: decoder))
        }
    }

    /// Writes `kind` and the settings beside it.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .adam(let rule): try rule.encode(to: encoder)
        case .adamw(let rule): try rule.encode(to: encoder)
        case .adafactor(let rule): try rule.encode(to: encoder)
        case .sgd(let rule): try rule.encode(to: encoder)
        case .rmsprop(let rule): try rule.encode(to: encoder)
        }
    }
}
