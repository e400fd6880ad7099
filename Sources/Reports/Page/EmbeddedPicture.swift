import Foundation
import Imaging

/// Pictures inside the page itself.
enum EmbeddedPicture {
    /// A picture file as an address that holds its contents.
    ///
    /// - Parameters:
    ///   - file: The picture.
    ///   - side: The longer side that it is brought to where it is larger.
    /// - Returns: A JPEG; transparent parts become white.
    /// - Throws: `ImagingError` for a file that is no picture.
    static func address(_ file: URL, side: Int) throws -> String {
        var picture = try Picture(contentsOf: file).converted(depth: .eight).flattened()
        let longest = max(picture.width, picture.height)
        if longest > side {
            picture = picture.resized(
                width: max(picture.width * side / longest, 1),
                height: max(picture.height * side / longest, 1)
            )
        }
        // What is artificial says so in here, too.
        let bytes = try picture.encoded(
            as: .jpeg(quality: 82),
            metadata: PictureMetadata(software: "Atelier", source: .trainedAlgorithmicMedia)
        )
        return "data:image/jpeg;base64," + bytes.base64EncodedString()
    }
}
