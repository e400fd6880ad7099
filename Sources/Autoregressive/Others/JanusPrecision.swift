/// What the heavy weights of a Janus are kept in.
public enum JanusPrecision: String, Sendable, Codable, CaseIterable {
    /// As they were published: bfloat16, or float32.
    case published = "bf16"
    /// Whole numbers of 8 bits, with a scale for each output.
    case int8
    /// Whole numbers of 4 bits, with a scale and a smallest weight for each 64 inputs; the head in 8.
    case int4

    /// Bits of a weight of the layers; nothing for what was published.
    var bits: Int? {
        switch self {
        case .published: nil
        case .int8: 8
        case .int4: 4
        }
    }

    /// The entry of `config.json` that says it.
    public static let key = "atelier_weights"

    /// What a configuration says.
    ///
    /// - Parameter configuration: The object of `config.json`.
    /// - Throws: `OtherWeightsError` for what is not known.
    init(configuration: [String: Any]?) throws(OtherWeightsError) {
        guard let found = configuration?[Self.key] else {
            self = .published
            return
        }
        let name = (found as? [String: Any])?["precision"] as? String
        guard let known = name.flatMap(JanusPrecision.init(rawValue:)) else {
            throw OtherWeightsError(
                "config.json has \(Self.key) \(name ?? "without a precision"): expected"
                    + " \(Self.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        self = known
    }
}
