import Autoregressive
import Foundation

/// What a folder that was made here says of the weights in it: the entry `atelier_weights` of its `config.json`.
struct QuantisedModel: Codable, Equatable {
    /// What the heavy weights are kept in.
    let precision: JanusPrecision
    /// What tells the weights that they were made of from all others.
    let source: String
    /// What tells the file of weights from all others.
    let digest: String

    /// These facts.
    init(precision: JanusPrecision, source: String, digest: String) {
        (self.precision, self.source, self.digest) = (precision, source, digest)
    }

    /// What a configuration says; nothing for a model as it was published.
    init?(_ configuration: Data) {
        struct Entry: Decodable {
            let weights: QuantisedModel

            enum CodingKeys: String, CodingKey {
                case weights = "atelier_weights"
            }
        }
        guard let entry = try? JSONDecoder().decode(Entry.self, from: configuration) else {
            return nil
        }
        self = entry.weights
    }

    /// A configuration with these facts in it.
    ///
    /// - Throws: Where it is not JSON.
    func added(to configuration: Data) throws -> Data {
        var all =
            try JSONSerialization.jsonObject(with: configuration) as? [String: Any] ?? [:]
        all[JanusPrecision.key] = try JSONSerialization.jsonObject(
            with: JSONEncoder().encode(self)
        )
        return try JSONSerialization.data(
            withJSONObject: all,
            options: [.prettyPrinted, .sortedKeys]
        )
    }
}
