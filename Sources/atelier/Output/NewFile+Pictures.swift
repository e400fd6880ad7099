import Files
import Foundation
import Generation
import Imaging

extension NewFile {
    /// Writes a picture, in the format that the name's ending says.
    ///
    /// - Returns: The file that holds it: the one asked for, or that with a number.
    /// - Throws: `ImagingError` for an ending of no format; `FileError`.
    static func write(_ picture: Picture, to file: URL, metadata: PictureMetadata) throws -> URL {
        guard let encoding = PictureEncoding(fileExtension: file.pathExtension) else {
            throw ImagingError.notWritten(
                name: file.path,
                reason: "expected a name ending in .png, .jpg, .webp or .tif, found "
                    + "'.\(file.pathExtension)'"
            )
        }
        return try write(try picture.encoded(as: encoding, metadata: metadata), to: file)
    }

    /// Writes a drawing with what its file says of it.
    static func write(_ drawing: Drawing, to file: URL) throws -> URL {
        try write(drawing.picture, to: file, metadata: try drawing.metadata())
    }
}
