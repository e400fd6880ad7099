/// Characters that stand for bytes, so that any text is a text of 256 letters.
///
/// Source: Radford et al., "Language models are unsupervised multitask learners", 2019: bytes that print as a
/// character stand for themselves, the others for those from U+0100 on.
enum ByteAlphabet {
    /// The character of each byte.
    static let scalars: [Unicode.Scalar] = {
        var next = UInt32(0x100)
        return (UInt32(0)..<256).map { byte in
            if (0x21...0x7E).contains(byte) || (0xA1...0xAC).contains(byte) || byte >= 0xAE {
                return Unicode.Scalar(byte) ?? " "
            }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? " "
        }
    }()
}
