import Foundation

/// What the texts of a file of weights say of it.
public protocol FileDescription: Codable, Sendable, Equatable {
    /// The key under which the texts hold the description.
    static var key: String { get }
}

extension FileDescription {
    /// The texts of a file of weights.
    ///
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func metadata() throws -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return [Self.key: String(decoding: try encoder.encode(self), as: UTF8.self)]
    }

    /// Reads the texts of a file of weights; nothing when they describe no such thing.
    ///
    /// - Throws: `DecodingError` for a description of another version.
    public init?(metadata: [String: String]) throws {
        guard let json = metadata[Self.key] else { return nil }
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }
}
