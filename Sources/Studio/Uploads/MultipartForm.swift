import Foundation
import Hummingbird

/// The parts of a form, read within limits.
package struct MultipartForm: Sendable {
    /// One part.
    package struct Part: Sendable {
        /// The field.
        package var name: String
        /// The file's name, where it is a file.
        package var filename: String?
        /// The bytes.
        package var data: Data
    }

    /// Parts that a form may have.
    static let mostParts = 17
    /// Bytes that a text may have.
    static let longestText = 128 * 1024

    /// The parts, as sent.
    package let parts: [Part]

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - data: The whole body.
    ///   - type: The header that names the boundary.
    /// - Throws: `APIError` for what is no form, or too large a one.
    package init(_ data: Data, type: String) throws {
        guard let boundary = MultipartForm.boundary(of: type) else {
            throw APIError.invalid(
                "the form names no boundary, or a wrong one",
                code: "invalid_form"
            )
        }
        let mark = Data("--\(boundary)".utf8)
        let gap = Data("\r\n\r\n".utf8)
        let end = Data("\r\n--\(boundary)".utf8)
        let broken = APIError.invalid(
            "the form is broken: a part does not end",
            code: "invalid_form"
        )
        guard data.starts(with: mark) else { throw broken }
        var place = data.startIndex + mark.count
        var parts: [Part] = []
        while true {
            guard
                let next = data.dropFirst(place - data.startIndex).prefix(2).map({ $0 })
                    as [UInt8]?,
                next.count == 2
            else { throw broken }
            if next == Array("--".utf8) { break }
            guard next == [13, 10],
                let head = data.range(of: gap, in: place..<min(place + 8192, data.endIndex)),
                let tail = data.range(of: end, in: head.upperBound..<data.endIndex)
            else { throw broken }
            guard parts.count < MultipartForm.mostParts else {
                throw APIError.invalid(
                    "the form has more than \(MultipartForm.mostParts) parts",
                    code: "invalid_form"
                )
            }
            let lines = String(decoding: data[place..<head.lowerBound], as: UTF8.self)
            let part = Part(
                name: try MultipartForm.value("name", in: lines) ?? "",
                filename: try MultipartForm.value("filename", in: lines),
                data: data[head.upperBound..<tail.lowerBound]
            )
            guard part.filename != nil || part.data.count <= MultipartForm.longestText else {
                throw APIError.tooLarge(
                    "the field '\(part.name)'",
                    limit: MultipartForm.longestText
                )
            }
            parts.append(part)
            place = tail.upperBound
        }
        self.parts = parts
    }

    /// The text of a field.
    package func text(_ name: String) -> String? {
        parts.first { $0.name == name && $0.filename == nil }
            .map { String(decoding: $0.data, as: UTF8.self) }
    }

    /// The files of a field, also of one whose name says that there may be several.
    package func files(_ name: String) -> [Data] {
        parts.filter { ($0.name == name || $0.name == "\(name)[]") && $0.filename != nil }.map(
            \.data
        )
    }

    private static func boundary(of type: String) -> String? {
        for piece in type.split(separator: ";").dropFirst() {
            let pair = piece.split(separator: "=", maxSplits: 1)
            guard pair.count == 2,
                pair[0].trimmingCharacters(in: .whitespaces).lowercased() == "boundary"
            else { continue }
            let text = pair[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
            return (1...70).contains(text.utf8.count) ? text : nil
        }
        return nil
    }

    private static func value(_ key: String, in lines: String) throws -> String? {
        for line in lines.components(separatedBy: "\r\n")
        where line.lowercased().hasPrefix("content-disposition:") {
            for piece in line.split(separator: ";").dropFirst() {
                let pair = piece.split(separator: "=", maxSplits: 1)
                guard pair.count == 2,
                    pair[0].trimmingCharacters(in: .whitespaces).lowercased() == key
                else { continue }
                return pair[1].trimmingCharacters(in: CharacterSet(charactersIn: " \""))
            }
        }
        return nil
    }
}
