import Checks
import Foundation
import Imaging
import Prompts
import Settings

/// A drawn picture with what it was drawn from.
public struct Drawing: Sendable {
    /// The picture.
    public let picture: Picture
    /// What is recorded in the picture's file.
    public var record: Record
    /// A title that the file keeps.
    var title: String?
    /// How the picture came to be, as its file is marked.
    var source = DigitalSourceType.trainedAlgorithmicMedia

    /// All that is needed to draw the picture again.
    public struct Record: Codable, Sendable, Equatable {
        /// Version of the record.
        public var version = 2
        /// What was typed; nothing where nothing was asked for.
        public var prompt: String?
        /// What was asked for.
        public var parts: [Prompt.Part]
        /// Words of the prompt that other words were drawn for, which stand in `parts`.
        public var readings: [WordReading]?
        /// The class that was drawn, of models of classes.
        public var className: String?
        /// The key of the random numbers.
        public var seed: UInt64
        /// The picture's place in the seed's row; several for a sheet of pictures.
        public var indices: [Int]
        /// Columns of a sheet.
        public var columns: Int?
        /// How many times each pixel was made larger.
        public var enlarge: Int?
        /// The longer side that the picture was brought to.
        public var size: Int?
        /// Whether it was put together from things that were drawn one by one.
        public var isComposed: Bool?
        /// What tells the weights that made the picture larger from all others, where some did.
        public var upscaler: String?
        /// The page that it stands on, where it stands on one.
        public var layout: PageLayout?
        /// How it was drawn.
        public var sampling: SamplingOptions
        /// What was done to pictures, for results of that.
        public var edit: Edit?
        /// The name of the model: its recipe.
        public var model: String
        /// Name of the file of weights.
        public var weights: String
        /// What tells the weights from all others.
        public var digest: String
        /// Real pictures that the model was shown in training.
        public var images: Int

        private enum CodingKeys: String, CodingKey {
            case version, prompt, parts, readings, className, seed, indices, columns, enlarge
            case size, upscaler, layout, edit, model, weights, digest, images
            case isComposed = "composed"
            case sampling = "manner"
        }
    }

    /// What goes into the picture's file: for people, for programs, and the mark that it is
    /// artificial.
    ///
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func metadata() throws -> PictureMetadata {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let place =
            record.columns == nil
            ? "Index: \(record.indices.first ?? 0)" : "Pictures: \(record.indices.count)"
        let asked = record.prompt ?? record.className.map { "class \($0)" }
        let sampling =
            record.style.map { "Style: \($0.name.rawValue), Strength: \($0.strength)" }
            ?? record.part.map { "\($0), Size: \(picture.width)x\(picture.height)" }
            ?? "\(place), Model: \(record.model), Model hash: \(record.digest), "
            + "Size: \(picture.width)x\(picture.height)"
        return PictureMetadata(
            title: title,
            parameters: (asked.map { "\($0)\n" } ?? "") + "Seed: \(record.seed), " + sampling,
            record: String(decoding: try encoder.encode(record), as: UTF8.self),
            software: "Atelier",
            source: source,
            panorama: record.sampling.isPanorama == true && record.edit == nil
                && record.columns == nil
                ? PanoramaFrame(width: picture.width, height: picture.height) : nil
        )
    }

    /// The picture with each pixel made so many times larger.
    public func enlarged(_ times: Int) -> Drawing {
        guard times > 1 else { return self }
        var record = record
        record.enlarge = times
        return Drawing(
            picture: picture.resized(
                width: picture.width * times,
                height: picture.height * times,
                kernel: .nearest
            ),
            record: record
        )
    }

    /// The picture with its longer side brought to a size.
    public func sized(_ side: Int) -> Drawing {
        let scale = Double(side) / Double(max(picture.width, picture.height))
        guard scale != 1 else { return self }
        var record = record
        record.size = side
        func length(_ old: Int) -> Int { max(Int((Double(old) * scale).rounded()), 1) }
        return Drawing(
            picture: picture.resized(
                width: length(picture.width),
                height: length(picture.height)
            ),
            record: record
        )
    }

    /// The picture on a page of an exact size, with words.
    ///
    /// - Throws: `ImagingError` where no font can draw the words.
    public func laid(out layout: PageLayout) throws -> Drawing {
        var record = record
        record.layout = layout
        return Drawing(
            picture: try layout.page(with: picture),
            record: record,
            title: title,
            source: source
        )
    }

    /// All pictures of a request on one sheet.
    ///
    /// - Precondition: there is one.
    public static func sheet(_ drawings: [Drawing], columns: Int? = nil) -> Drawing {
        precondition(!drawings.isEmpty, "a sheet of no pictures")
        var record = drawings[0].record
        record.indices = drawings.flatMap(\.record.indices)
        let square = Int(Double(drawings.count).squareRoot().rounded(.up))
        record.columns = min(columns ?? square, drawings.count)
        if Set(drawings.map(\.record.className)).count > 1 { record.className = nil }
        return Drawing(
            picture: Picture.grid(
                drawings.map(\.picture),
                columns: record.columns,
                background: drawings[0].picture.hasAlpha ? .clear : .black
            ),
            record: record
        )
    }
}
