extension Activation: Codable {
    /// Names in files; the number is the slope or alpha.
    private enum Name: String, CodingKey {
        case identity
        case relu
        case leakyRelu = "leaky-relu"
        case elu
        case silu
        case gelu
        case tanh
        case sigmoid
        case softplus
    }

    /// A name, or a name with its number: `relu`, `leaky-relu: 0.2`.
    public init(from decoder: any Decoder) throws {
        if let keyed = try? decoder.container(keyedBy: Name.self) {
            if let slope = try keyed.decodeIfPresent(Double.self, forKey: .leakyRelu) {
                self = .leakyRelu(slope: slope)
                return
            }
            if let alpha = try keyed.decodeIfPresent(Double.self, forKey: .elu) {
                self = .elu(alpha: alpha)
                return
            }
        }
        let container = try decoder.singleValueContainer()
        guard let text = try? container.decode(String.self), let name = Name(rawValue: text),
            let plain = Activation.plain[name]
        else {
            let names = Activation.plain.keys.map(\.rawValue).sorted().joined(separator: ", ")
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected \(names), 'leaky-relu: slope' or 'elu: alpha'"
            )
        }
        self = plain
    }

    /// A name, or a name with its number.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .leakyRelu(let slope):
            var container = encoder.container(keyedBy: Name.self)
            try container.encode(slope, forKey: .leakyRelu)
        case .elu(let alpha) where alpha != 1:
            var container = encoder.container(keyedBy: Name.self)
            try container.encode(alpha, forKey: .elu)
        default:
            var container = encoder.singleValueContainer()
            let name = Activation.plain.first { $0.value == self }?.key
            try container.encode(name?.rawValue)
        }
    }

    /// Those that need no number.
    private static let plain: [Name: Activation] = [
        .identity: .identity,
        .relu: .relu,
        .elu: .elu(),
        .silu: .silu,
        .gelu: .gelu,
        .tanh: .tanh,
        .sigmoid: .sigmoid,
        .softplus: .softplus,
    ]
}
