import Foundation
import Imaging

extension PictureMetadata {
    /// What the picture was drawn from.
    ///
    /// - Parameter name: What errors call the picture.
    /// - Returns: What its file says.
    /// - Throws: `GenerationError.noRecord` for a picture that atelier did not draw.
    public func drawing(_ name: String) throws -> Drawing.Record {
        guard let record,
            let found = try? JSONDecoder().decode(Drawing.Record.self, from: Data(record.utf8))
        else { throw GenerationError.noRecord(picture: name) }
        return found
    }
}
