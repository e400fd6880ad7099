import Foundation

/// WAV files of a few numbers, made for tests.
enum MadeSound {
    /// Bytes of a number, the low one first.
    static func little(_ value: some FixedWidthInteger) -> Data {
        withUnsafeBytes(of: value.littleEndian) { Data($0) }
    }

    /// A file: `code` is 1 for whole numbers and 3 for those with a fraction, `length` what it says of itself, and a wide
    /// one names the kind behind the rest.
    static func wav(
        _ data: Data,
        code: UInt16 = 1,
        bits: UInt16 = 16,
        channels: UInt16 = 1,
        rate: UInt32 = 16_000,
        length: UInt32? = nil,
        isWide: Bool = false
    ) -> Data {
        let step = channels &* (bits / 8)
        var form = little(isWide ? 0xFFFE : code) + little(channels) + little(rate)
        form += little(rate &* UInt32(step)) + little(step) + little(bits)
        if isWide {
            form += little(UInt16(22)) + little(bits) + little(UInt32(0)) + little(code)
            form += Data([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71])
        }
        // A part of an odd length, which nobody knows, is passed over with the byte that fills it up.
        let note = Data("LIST".utf8) + little(UInt32(3)) + Data([1, 2, 3, 0])
        let body =
            Data("WAVE".utf8) + Data("fmt ".utf8) + little(UInt32(form.count)) + form + note
            + Data("data".utf8) + little(length ?? UInt32(data.count)) + data
        return Data("RIFF".utf8) + little(UInt32(body.count)) + body
    }

    /// A tone of 16 bits.
    static func tone(_ pitch: Double, rate: Int, seconds: Double, height: Double = 0.5) -> [Float] {
        (0..<Int(seconds * Double(rate))).map {
            Float(height * sin(2 * .pi * pitch * Double($0) / Double(rate)))
        }
    }

    /// Numbers as 16 bits.
    static func whole(_ samples: [Float]) -> Data {
        samples.reduce(into: Data()) { $0 += little(Int16(($1 * 32_767).rounded())) }
    }
}
