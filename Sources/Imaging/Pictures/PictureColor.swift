/// A colour to fill with: sRGB, eight bits, straight alpha.
public struct PictureColor: Sendable, Hashable, Codable {
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

    /// Whether red, green and blue are the same.
    var isGrey: Bool { red == green && green == blue }

    /// The bytes of one pixel of this colour.
    func bytes(channels: Int, depth: SampleDepth) -> [UInt8] {
        let grey = Luma.grey(red: Int(red), green: Int(green), blue: Int(blue))
        let values: [UInt8] =
            switch channels {
            case 1: [UInt8(grey)]
            case 2: [UInt8(grey), alpha]
            case 3: [red, green, blue]
            default: [red, green, blue, alpha]
            }
        // 257 · v is v twice, in either byte order.
        return depth == .eight ? values : values.flatMap { [$0, $0] }
    }
}
