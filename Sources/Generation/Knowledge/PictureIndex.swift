import Datasets
import Foundation
import Imaging
import Runs
import Torch

/// The pictures that a model learned from, to look for those that are near.
///
/// Pictures are compared as they look from afar: at 16 pixels a side, colours premultiplied.
///
/// Not `Sendable`: it stays with the model that it belongs to.
public final class PictureIndex {
    /// A training picture beside another picture.
    public struct Neighbour: Codable, Sendable, Equatable {
        /// Its name in the data set.
        public var identifier: String
        /// What it is called, in the first language.
        public var caption: String
        /// The mean difference of its numbers from the other picture's: 0 for the same, 1 at most.
        public var distance: Double
        /// Its place in the index.
        public var place: Int
    }

    /// How large pictures are when they are compared.
    private static let side = 16
    private let pictures: PictureCache
    private let table: Tensor

    /// The training pictures of a model, found as for training.
    ///
    /// - Parameters:
    ///   - model: Whose.
    ///   - path: Where the data set lies; the known places by default.
    ///   - notice: Told what a person should know.
    /// - Throws: `GenerationError.noData` for a model that does not name its set; what is wrong with the
    ///   data.
    public init(
        of model: GeneratorModel,
        path: String? = nil,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        pictures = try model.dataset(.train, path: path, notice: notice)
        table = Tensor.concatenated(
            stride(from: 0, to: pictures.count, by: 256).map { [pictures] start in
                let range = Array(start..<min(start + 256, pictures.count))
                return PictureIndex.small(pictures.batch(range).tensor())
            }
        )
    }

    /// How many pictures there are.
    public var count: Int { pictures.count }

    /// Pictures from afar, as rows.
    ///
    /// Shape: N×C×H×W → N×numbers.
    private static func small(_ pictures: Tensor) -> Tensor {
        pictures.adaptiveAveragePooled(size: [side, side]).flattened(from: 1)
    }

    /// The training pictures that are nearest to a picture.
    ///
    /// - Parameters:
    ///   - numbers: 1×C×H×W, −1 … 1.
    ///   - count: How many.
    /// - Returns: The nearest first.
    /// - Throws: What is wrong with the data.
    func nearest(to numbers: Tensor, count: Int) throws -> [Neighbour] {
        let differences = (table - PictureIndex.small(numbers)).absolute().mean(over: [1]) / 2
        let best = (-differences).largest(min(count, self.count), along: 0)
        return try zip(best.places.elements(as: Int.self), best.values.doubles()).map {
            place,
            distance in
            let record = try pictures.record(at: place)
            return Neighbour(
                identifier: record.identifier,
                caption: record.captions.first?.text ?? "",
                distance: -distance,
                place: place
            )
        }
    }

    /// What a training picture is called, in all languages.
    func captions(of neighbour: Neighbour) throws -> [Caption] {
        try pictures.record(at: neighbour.place).captions
    }

    /// A training picture.
    public func picture(of neighbour: Neighbour) -> Picture {
        let batch = pictures.batch([neighbour.place])
        return Picture(
            width: batch.width,
            height: batch.height,
            channels: batch.channels,
            depth: batch.depth,
            samples: batch.pixels
        )
    }
}
