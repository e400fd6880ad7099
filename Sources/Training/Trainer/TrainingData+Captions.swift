import Datasets
import Files
import Foundation
import Midjourney
import Runs
import Torch

extension TrainingData {
    /// How texts become rows of pieces, where a recipe asks for pictures with texts.
    ///
    /// The pieces are those of the run, or of the networks that it begins with, or are found in the
    /// captions; the run's folder keeps them, or the leading process told of them. Without a folder it is only seen whether there are captions.
    ///
    /// - Throws: `TrainingError.noCaptions` for pictures without any; what is wrong with the file.
    static func rows(
        _ recipe: Recipe,
        _ pictures: PictureCache,
        vocabulary: @autoclosure () -> [String]? = nil,
        known: KnownTexts?,
        folder: RunFolder?,
        heard: KnownTexts? = nil
    ) throws -> TextRows? {
        guard let settings = recipe.traits.texts else { return nil }
        let texts = CaptionBook.texts(of: try pictures.records().map(\.captions))
        guard !texts.isEmpty else { throw TrainingError.noCaptions(set: recipe.data.set) }
        if let heard {
            let pieces = try TextPieces(model: heard.pieces)
            return TextRows(pieces: pieces, length: settings.length, filler: settings.pieces)
        }
        guard let folder else { return nil }
        let file = folder.textPieces
        let pieces: TextPieces
        if FileManager.default.fileExists(atPath: file.path) {
            pieces = try TextPieces(model: Data(contentsOf: file))
        } else if let known {
            pieces = try TextPieces(model: known.pieces)
            try known.keep(in: folder)
        } else {
            pieces = try TextPieces(of: vocabulary() ?? texts, pieces: settings.pieces)
            try AtomicFile.write(pieces.model, to: file)
        }
        guard pieces.count <= settings.pieces else {
            throw TrainingError.otherPieces(
                path: file.path,
                expected: settings.pieces,
                found: pieces.count
            )
        }
        return TextRows(pieces: pieces, length: settings.length, filler: settings.pieces)
    }

    /// Classes, each with the pieces of a text behind it.
    ///
    /// Shape: N×(1 + pieces).
    static func labels(of classes: [Int], _ pieces: [Int32]) -> Tensor {
        let length = pieces.count / max(classes.count, 1)
        let numbers = classes.enumerated().flatMap { row, label in
            [label] + pieces[row * length..<(row + 1) * length].map(Int.init)
        }
        return Tensor(numbers, shape: [classes.count, 1 + length])
    }

    /// What balancing takes as each picture's class.
    ///
    /// - Throws: `TrainingError.noCaptions` where captions are to tell and there are none.
    static func kinds(of pictures: PictureCache, by kinds: Recipe.Dataset.Kinds) throws -> [Int] {
        guard kinds == .captions else { return pictures.labels }
        var numbers: [Substring: Int] = [:]
        return try pictures.records().map { record in
            guard let caption = record.captions.first else {
                throw TrainingError.noCaptions(set: record.identifier)
            }
            let kind = caption.text.prefix { $0 != ":" }
            let number = numbers[kind] ?? numbers.count
            numbers[kind] = number
            return number
        }
    }

    /// What each picture is called.
    static func captions(
        of pictures: PictureCache,
        _ rows: TextRows,
        _ seed: UInt64,
        beside words: [String]
    ) throws -> CaptionBook {
        CaptionBook(
            captions: try pictures.records().map(\.captions),
            rows: rows,
            seed: seed,
            beside: words
        )
    }
}

extension CaptionBook {
    /// What texts are made of, for a file of weights.
    var description: ModelDescription.Text {
        ModelDescription.Text(
            pieces: rows.pieces.model,
            length: rows.length,
            filler: rows.filler,
            words: words
        )
    }
}

extension PictureCache {
    /// What is known about all pictures.
    fileprivate func records() throws -> [ExampleRecord] {
        try (0..<count).map { try record(at: $0) }
    }
}
