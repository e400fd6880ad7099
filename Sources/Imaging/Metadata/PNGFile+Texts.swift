import Foundation

extension PNGFile {
    /// The texts by their keywords; the first of a keyword counts.
    ///
    /// - Throws: `ImagingError/tooLarge(name:what:found:limit:)`.
    func texts(limits: DecodingLimits) throws -> [String: String] {
        var result: [String: String] = [:]
        var total = 0
        for chunk in chunks {
            let found = try PNGText(
                chunk,
                in: data,
                name: name,
                limit: limits.maximumTextBytes
            )
            guard let found else { continue }
            total += found.text.utf8.count
            guard total <= limits.maximumTotalTextBytes else {
                throw ImagingError.tooLarge(
                    name: name,
                    what: "bytes of text",
                    found: total,
                    limit: limits.maximumTotalTextBytes
                )
            }
            if result[found.keyword] == nil { result[found.keyword] = found.text }
        }
        return result
    }

    /// Refuses colour profiles and texts that inflate to more than is allowed.
    ///
    /// - Throws: `ImagingError/tooLarge(name:what:found:limit:)`.
    func checkTexts(limits: DecodingLimits) throws {
        _ = try texts(limits: limits)
        for chunk in chunks where chunk.type == "iCCP" {
            guard let end = data[chunk.content].firstIndex(of: 0) else { continue }
            _ = try PNGText.inflated(
                data[chunk.content].dropFirst(end - chunk.content.lowerBound + 2),
                what: "bytes of colour profile",
                name: name,
                limit: limits.maximumTextBytes
            )
        }
    }
}
