import Foundation

/// Reading of whole files, bounded.
enum PictureFile {
    /// The bytes of a regular file that is not larger than the limits allow.
    ///
    /// - Throws: `ImagingError`.
    static func read(_ url: URL, limits: DecodingLimits) throws -> Data {
        let name = url.path
        do {
            let path = url.resolvingSymlinksInPath().path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw ImagingError.unreadable(name: name, reason: "not a regular file")
            }
            let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
            guard size <= limits.maximumBytes else {
                throw ImagingError.tooLarge(
                    name: name,
                    what: "bytes",
                    found: size,
                    limit: limits.maximumBytes
                )
            }
            return try Data(contentsOf: url)
        } catch let error as ImagingError {
            throw error
        } catch {
            throw ImagingError.unreadable(name: name, reason: error.localizedDescription)
        }
    }

    /// Refuses a name that says another format than the content.
    ///
    /// - Throws: `ImagingError/mislabelled(name:expected:found:)`.
    static func checkLabel(_ url: URL, found: PictureFormat) throws {
        guard let expected = PictureFormat(fileExtension: url.pathExtension), expected != found
        else { return }
        throw ImagingError.mislabelled(name: url.path, expected: expected, found: found)
    }
}
