import Evaluation
import Files
import Foundation
import Imaging
import Reports

/// What an evaluation leaves in a folder for `atelier report`.
enum EvaluationFolder {
    /// Writes the details and their sheets.
    ///
    /// - Throws: `FileError` where a file cannot be written.
    static func keep(
        _ found: (details: EvaluationDetails, sheets: [(name: String, Picture)]),
        in folder: URL
    ) throws {
        let mark = PictureMetadata(software: "Atelier", source: .trainedAlgorithmicMedia)
        for (name, picture) in found.sheets {
            try picture.write(to: folder.appending(path: name), metadata: mark)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try AtomicFile.write(
            try encoder.encode(found.details),
            to: folder.appending(path: EvaluationDetails.name)
        )
    }

    /// Writes the files of TensorBoard's projector.
    ///
    /// - Throws: `FileError` where a file cannot be written.
    static func keep(_ view: ProjectorView, in folder: URL) throws {
        let names = ProjectorView.files
        try view.sprite.write(
            to: folder.appending(path: names.sprite),
            metadata: PictureMetadata(software: "Atelier", source: .trainedAlgorithmicMedia)
        )
        for (name, text) in [
            (names.vectors, view.vectors), (names.metadata, view.metadata),
            (names.configuration, view.configuration),
        ] {
            try AtomicFile.write(Data(text.utf8), to: folder.appending(path: name))
        }
    }
}
