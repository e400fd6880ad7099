/// A colour to fill with: sRGB, eight bits, straight alpha.
public struct PictureColor: Sendable, Hashable {
    /// Red, 0 to 255.
    public var red: UInt8
    /// Green, 0 to 255.
    public var green: UInt8
    /// Blue, 0 to 255.
    public var blue: UInt8
    /// Opacity, 0 (clear) to 255.
    public var alpha: UInt8

    /// Makes a colour.
    public init(red: UInt8, green: UInt8, blue: UInt8, alpha: UInt8 = 255) {
        self.red = red
        self.green = green
        self.blue = blue
        self.alpha = alpha
    }

    /// An opaque colour written as `#rrggbb`; nil for other texts.
    public init?(hexadecimal text: String) {
        guard text.hasPrefix("#"), text.utf8.count == 7,
            let numbers = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: UInt8(truncatingIfNeeded: numbers >> 16),
            green: UInt8(truncatingIfNeeded: numbers >> 8),
            blue: UInt8(truncatingIfNeeded: numbers)
        )
    }

    /// Opaque black.
    public static let black = PictureColor(red: 0, green: 0, blue: 0)
    /// Opaque white.
    public static let white = PictureColor(red: 255, green: 255, blue: 255)
    /// Black that shows nothing.
    public static let clear = PictureColor(red: 0, green: 0, blue: 0, alpha: 0)

    /// An opaque grey.
    public static func grey(_ value: UInt8) -> PictureColor {
        PictureColor(red: value, green: value, blue: value)
    }
}

extension PictureColor: Codable {
    private enum CodingKeys: String, CodingKey { case red, green, blue, alpha }

    /// Reads a colour from its four numbers, or from `#rrggbb`.
    ///
    /// - Throws: `DecodingError` for what is none.
    public init(from decoder: any Decoder) throws {
        if let box = try? decoder.singleValueContainer(), let text = try? box.decode(String.self) {
            guard let colour = PictureColor(hexadecimal: text) else {
                throw DecodingError.dataCorruptedError(
                    in: box,
                    debugDescription: "expected a colour such as #ff8800, found '\(text)'"
                )
            }
            self = colour
            return
        }
        let box = try decoder.container(keyedBy: CodingKeys.self)
        red = try box.decode(UInt8.self, forKey: .red)
        green = try box.decode(UInt8.self, forKey: .green)
        blue = try box.decode(UInt8.self, forKey: .blue)
        alpha = try box.decodeIfPresent(UInt8.self, forKey: .alpha) ?? 255
    }
}
