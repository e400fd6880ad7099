import Datasets
import Foundation
import Generation
import Settings
import Torch

/// All pictures of a model's data set, those held out among them, and a judge that knows them.
final class JudgedSet {
    let real: RealPictures
    let judge: LocalNetwork
    let labels: JudgeLabels
    let records: [ExampleRecord]

    /// Opens the data and takes the judge from a file, or trains it and keeps it there.
    ///
    /// - Parameters:
    ///   - model: Whose data set it is.
    ///   - path: Where the data lies; the known places by default.
    ///   - folder: Where judges are kept.
    ///   - epochs: Passes over the pictures that the judge learns in.
    ///   - notice: Told what a person should know.
    /// - Throws: What is wrong with the data or the judge's file.
    init(
        of model: GeneratorModel,
        path: String?,
        keptIn folder: URL,
        epochs: Int,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        real = try RealPictures(
            model.description.set,
            [Split.train, .test].map { try model.dataset($0, path: path, notice: notice) }
        )
        records = try real.records()
        labels = JudgeLabels(records)
        judge = try LocalFeatures(
            of: real,
            lesson: .captions(labels),
            epochs: epochs,
            keptIn: folder,
            notice: notice
        ).network
    }

    /// How many of the pictures are training pictures; the others follow them.
    var trainingCount: Int { real.trainingCount }

    /// Pictures by their places.
    ///
    /// Shape: N×C×H×W.
    func pictures(_ places: [Int]) -> Tensor { real.pictures(places) }
}
