import Foundation
import Imaging

/// Copies of pictures for others.
enum PictureSharing {
    /// A copy that keeps the mark of where it comes from, and neither prompt nor seed.
    ///
    /// - Throws: `ImagingError`.
    static func shared(_ data: Data) throws -> Data {
        let metadata = try PictureMetadata(reading: data, name: "picture")
        return try Picture(decoding: data, name: "picture").encoded(
            as: .png,
            metadata: PictureMetadata(
                software: metadata.software,
                source: metadata.source ?? .trainedAlgorithmicMedia
            )
        )
    }
}
