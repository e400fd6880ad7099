import Foundation

/// The fields of a JSON table whose values are read as texts, as forms have them; what is null is left out.
struct LooseFields: Sendable {
    /// Values by name.
    private(set) var values: [String: String] = [:]
    /// Addresses of pictures, by field.
    private(set) var pictures: [String: [String]] = [:]

    /// Fields that name pictures.
    private static let ofPictures: Set<String> = ["image", "images", "mask"]

    /// Reads a body.
    ///
    /// - Throws: `APIError` with the field that is neither text, number nor flag, or names no picture.
    init(_ data: Data) throws {
        guard case .table(let table) = try JSONReader.read(data) else {
            throw APIError.invalid(
                "the body is not a table in braces, with a name for each value",
                code: "invalid_json"
            )
        }
        for (name, piece) in table where piece != .null {
            if Self.ofPictures.contains(name) {
                pictures[name] = try Self.addresses(piece, name)
            } else {
                values[name] = try Self.text(piece, name)
            }
        }
    }

    private static func text(_ piece: JSONPiece, _ name: String) throws -> String {
        switch piece {
        case .text(let text): return text
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let digits):
            if let whole = UInt64(digits) { return String(whole) }
            guard let number = Double(digits), number.isFinite else { break }
            return number.formatted(.number.grouping(.never).locale(.init(identifier: "en")))
        case .null, .list, .table: break
        }
        throw APIError.invalid(
            "'\(LogText.short(name, 60))' is \(piece.shown), expected a text, a number, or true or false",
            parameter: name
        )
    }

    private static func addresses(_ piece: JSONPiece, _ name: String) throws -> [String] {
        if case .list(let list) = piece {
            return try list.enumerated().map { try address($1, "\(name).\($0)") }
        }
        return [try address(piece, name)]
    }

    private static func address(_ piece: JSONPiece, _ name: String) throws -> String {
        if case .text(let text) = piece { return text }
        if case .table(let table) = piece {
            for key in ["image_url", "file_id"] {
                if case .text(let text) = table[key] { return text }
            }
        }
        throw APIError.invalid(
            "'\(name)' is \(piece.shown), expected {\"image_url\": \"data:image/png;base64,…\"}",
            parameter: name,
            code: "invalid_image_url"
        )
    }
}
