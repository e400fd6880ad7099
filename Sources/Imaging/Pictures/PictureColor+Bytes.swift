import Settings

extension PictureColor {
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
