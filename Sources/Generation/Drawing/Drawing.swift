import Foundation
import Imaging

/// A drawn picture with what it was drawn from.
public struct Drawing: Sendable {
    /// The picture.
    public let picture: Picture
    /// What is recorded in the picture's file.
    public let record: Record

    /// All that is needed to draw the picture again.
    public struct Record: Codable, Sendable, Equatable {
        /// Version of the record.
        public var version = 1
        /// The key of the random numbers.
        public var seed: UInt64
        /// The picture's place in the seed's row.
        public var index: Int
        /// The class that was asked for.
        public var className: String?
        /// The words that were asked with.
        public var text: String?
        /// What remained of the distance to the mean picture; nothing for all of it.
        public var truncation: Double?
        /// How freely pixels were drawn; nothing for as learned.
        public var temperature: Double?
        /// How many candidates the picture was the best of; nothing for one.
        public var quality: Int?
        /// The recipe of the model.
        public var model: String
        /// Name of the file of weights.
        public var weights: String
        /// Real pictures that the model was shown in training.
        public var images: Int
    }

    /// What goes into the picture's file: for people, for programs, and the mark that it is
    /// artificial.
    ///
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func metadata() throws -> PictureMetadata {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let kind = (record.text ?? record.className.map { "class \($0)" }).map { "\($0)\n" } ?? ""
        return PictureMetadata(
            parameters: kind
                + "Seed: \(record.seed), Index: \(record.index), Model: \(record.model), "
                + "Weights: \(record.weights), Size: \(picture.width)x\(picture.height)",
            record: String(decoding: try encoder.encode(record), as: UTF8.self),
            software: "Atelier",
            source: .trainedAlgorithmicMedia
        )
    }
}
