import Foundation
import Generation
import Imaging

/// How a picture got its style, as its file tells.
struct StyledPicture: Codable {
    /// The style.
    let style: PictureStyle
    /// How much of it, 0 to 1.
    let strength: Double
    /// What chose strokes and grain.
    let seed: UInt64
    /// The file that it was made from, as it was typed.
    let source: String
    /// What the picture shows, where its file said so.
    let prompt: String?

    /// A style for a picture.
    init(_ style: PictureStyle, strength: Double, seed: UInt64, source: String, prompt: String?) {
        (self.style, self.strength, self.seed) = (style, strength, seed)
        (self.source, self.prompt) = (source, prompt)
    }

    /// What a file tells; nothing where it tells of no style.
    init?(_ metadata: PictureMetadata) {
        guard let record = metadata.record,
            let found = try? JSONDecoder().decode(Self.self, from: Data(record.utf8))
        else { return nil }
        self = found
    }

    /// What goes into the picture's file, with the mark of how it came to be.
    ///
    /// - Parameter before: What the file tells that the picture was made from.
    /// - Returns: A picture that a model made stays marked so; another is marked as changed by an algorithm.
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    func metadata(before: PictureMetadata?) throws -> PictureMetadata {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return PictureMetadata(
            title: before?.title,
            parameters: (prompt.map { "\($0)\n" } ?? "")
                + "Seed: \(seed), Style: \(style.rawValue), Strength: \(strength)",
            record: String(decoding: try encoder.encode(self), as: UTF8.self),
            source: before?.source ?? .algorithmicallyEnhanced
        )
    }

    /// Makes the picture again.
    ///
    /// - Parameter file: The styled picture; the one that it was made from is where it was, or beside it.
    /// - Returns: The same picture, where that one is the same.
    /// - Throws: `ImagingError`.
    func picture(beside file: URL) throws -> Picture {
        let typed = URL(filePath: source)
        let near = file.deletingLastPathComponent().appending(path: typed.lastPathComponent)
        let isThere = FileManager.default.fileExists(atPath: typed.path)
        let isNear = FileManager.default.fileExists(atPath: near.path)
        return try style.applied(
            to: Picture(contentsOf: isThere || !isNear ? typed : near),
            seed: seed,
            strength: strength
        )
    }
}
