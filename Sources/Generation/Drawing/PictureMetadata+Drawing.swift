import Foundation
import Imaging

extension PictureMetadata {
    /// What the picture was drawn from.
    ///
    /// - Parameter name: What errors call the picture.
    /// - Returns: What its file says.
    /// - Throws: `GenerationError.noRecord` for a picture that atelier did not draw.
    public func drawing(_ name: String) throws -> Drawing.Record {
        let data = Data((record ?? "").utf8)
        let decoder = JSONDecoder()
        let found =
            (try? decoder.decode(Drawing.Record.self, from: data))
            ?? (try? decoder.decode(Drawing.Record.EarlierStyle.self, from: data))?.record
        guard let found else { throw GenerationError.noRecord(picture: name) }
        return found
    }
}
