/// A setting that is one of a few names.
public protocol SettingChoice: RawRepresentable<String>, Codable, CaseIterable, Sendable {}

extension SettingChoice {
    /// Reads a name.
    ///
    /// - Throws: `DecodingError` that lists the names.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(rawValue: text) else {
            let names = Self.allCases.map(\.rawValue)
            let near = EditDistance.nearest(to: text, among: names).map { "\"\($0)\" " } ?? ""
            let list = "one of \(names.joined(separator: ", "))"
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: near.isEmpty ? list : "\(near)(\(list))"
                )
            )
        }
        self = value
    }
}
