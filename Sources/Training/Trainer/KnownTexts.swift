import Files
import Foundation
import Runs
import Torch

/// The texts that trained networks were asked with, for a run that begins with them.
struct KnownTexts: Sendable, Codable {
    /// The pieces that texts are made of, as a SentencePiece model.
    let pieces: Data
    /// The words of all captions, in lower case.
    let words: [String]

    /// Keeps both in a run's folder.
    ///
    /// - Throws: What the file system says.
    func keep(in folder: RunFolder) throws {
        try AtomicFile.write(
            Data(words.joined(separator: "\n").utf8),
            to: folder.textWords
        )
        try AtomicFile.write(pieces, to: folder.textPieces)
    }

    /// The words that a run's folder keeps; none where its networks began with random weights.
    ///
    /// - Throws: What the file system says.
    static func words(in folder: RunFolder) throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.textWords.path) else { return [] }
        let text = try String(contentsOf: folder.textWords, encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    /// The texts of a run, where pictures are asked for with texts in it; its snapshots know the words.
    ///
    /// - Throws: What the file system says.
    init?(of folder: RunFolder) throws {
        guard FileManager.default.fileExists(atPath: folder.textPieces.path) else { return nil }
        pieces = try Data(contentsOf: folder.textPieces)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let snapshot = names.filter {
            $0.hasPrefix("network-snapshot-") && $0.hasSuffix(".safetensors")
                && !$0.hasSuffix("-discriminator.safetensors")
        }.max()
        let description = try snapshot.flatMap {
            try ModelDescription(
                metadata: Safetensors.readHeader(of: folder.url.appending(path: $0)).metadata
            )
        }
        words = try description?.text?.words ?? KnownTexts.words(in: folder)
    }

    /// The texts of a file of weights.
    init(pieces: Data, words: [String]) { (self.pieces, self.words) = (pieces, words) }
}
