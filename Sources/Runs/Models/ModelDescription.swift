import Foundation

/// What a file of weights is: enough to build the network again and to say where it came from.
public struct ModelDescription: Codable, Sendable, Equatable {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.model"

    /// The family of networks, such as `dcgan`.
    public var family: String
    /// The family's own configuration, as JSON.
    public var configuration: String
    /// The recipe that the network was trained with.
    public var recipe: String
    /// The data set that it was trained on.
    public var set: String
    /// Real pictures shown in training.
    public var images: Int
    /// What latent numbers are drawn from.
    public var distribution: String
    /// Names of the classes that can be asked for; empty when there are none.
    public var classNames: [String]

    /// A description; the configuration is any value that has JSON.
    ///
    /// - Throws: `EncodingError` when the configuration cannot be written as JSON.
    public init(
        family: String,
        configuration: some Encodable,
        recipe: String,
        set: String,
        images: Int,
        distribution: String,
        classNames: [String]
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        self.family = family
        self.configuration = String(decoding: try encoder.encode(configuration), as: UTF8.self)
        self.recipe = recipe
        self.set = set
        self.images = images
        self.distribution = distribution
        self.classNames = classNames
    }

    /// The texts of a file of weights.
    ///
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func metadata() throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [Self.key: String(decoding: try encoder.encode(self), as: UTF8.self)]
    }

    /// Reads the texts of a file of weights; nothing when they describe no model.
    ///
    /// - Throws: `DecodingError` for a description of another version.
    public init?(metadata: [String: String]) throws {
        guard let json = metadata[Self.key] else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    /// The family's own configuration.
    ///
    /// - Throws: `DecodingError` for a configuration of another version.
    public func decoded<Configuration: Decodable>(
        _ type: Configuration.Type
    ) throws -> Configuration {
        try JSONDecoder().decode(type, from: Data(configuration.utf8))
    }
}
