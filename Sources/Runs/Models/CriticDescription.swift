import Foundation

/// What a file of a discriminator's weights is.
public struct CriticDescription: Codable, Sendable, Equatable {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.critic"

    /// The model whose drawings it judges.
    public var model: ModelDescription
    /// Settings of its head for labels; nothing where it learned none.
    public var classification: SettingValue?

    /// A description.
    public init(of model: ModelDescription, classification: SettingValue?) {
        (self.model, self.classification) = (model, classification)
    }

    /// The texts of a file of weights.
    ///
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func metadata() throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [Self.key: String(decoding: try encoder.encode(self), as: UTF8.self)]
    }

    /// Reads the texts of a file of weights; nothing when they describe no discriminator.
    ///
    /// - Throws: `DecodingError` for a description of another version.
    public init?(metadata: [String: String]) throws {
        guard let json = metadata[Self.key] else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }
}
