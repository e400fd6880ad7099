/// Changes good inputs into bad ones.
struct Mutation {
    /// Good inputs.
    let corpus: [[UInt8]]
    /// Words that a reader knows.
    let dictionary: [[UInt8]]
    /// The most bytes of an input.
    let limit: Int

    /// Numbers at which arithmetic turns.
    private static let turning: [UInt64] = [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, .max, 1 << 40, 1 << 16,
    ]

    /// Numbers in words, likewise.
    private static let spoken = [
        "0", "-1", "1e308", "-1e-320", "NaN", "inf", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808", "18446744073709551615", "2147483648", "1e999", "0x7f", "１２", "٣",
        "",
        "0.1", "1.5", "1,5", "65536", "true", "null", "~",
    ].map { Array($0.utf8) }

    /// An input.
    func input(_ chance: inout FuzzChance) -> [UInt8] {
        var bytes = chance.one(of: corpus)
        // Now and then the good one, and now and then next to nothing of it.
        for _ in 0..<[0, 1, 1, 2, 3, 5, 8, 16][chance.below(8)] { change(&bytes, &chance) }
        return bytes.count > limit ? Array(bytes.prefix(limit)) : bytes
    }

    private func change(_ bytes: inout [UInt8], _ chance: inout FuzzChance) {
        guard !bytes.isEmpty else {
            bytes = [UInt8(chance.below(256))]
            return
        }
        let place = chance.below(bytes.count)
        switch chance.below(dictionary.isEmpty ? 10 : 13) {
        case 0: bytes[place] ^= 1 << UInt8(chance.below(8))
        case 1: bytes[place] = UInt8(chance.below(256))
        case 2: bytes[place] = chance.one(of: [0, 0xFF, 0x7F, 0x80, 10, 32, 34, 45])
        case 3, 4: number(&bytes, place, &chance)
        case 5: bytes.removeSubrange(place...)
        case 6: bytes.removeSubrange(place..<min(place + 1 + chance.below(16), bytes.count))
        case 7:
            let end = min(place + 1 + chance.below(64), bytes.count)
            let times = 1 + chance.below(chance.below(20) == 0 ? 200 : 3)
            let piece = Array(bytes[place..<end])
            guard bytes.count + piece.count * times < limit * 2 else { return }
            bytes.insert(contentsOf: Array(repeatElement(piece, count: times).joined()), at: place)
        case 8:
            let other = chance.one(of: corpus)
            guard !other.isEmpty else { return }
            let start = chance.below(other.count)
            let end = min(start + 1 + chance.below(256), other.count)
            bytes.replaceSubrange(
                place..<min(place + chance.below(64), bytes.count),
                with: other[start..<end]
            )
        case 9: bytes.insert(contentsOf: chance.one(of: Mutation.spoken), at: place)
        default:
            let word = chance.one(of: dictionary)
            chance.below(2) == 0
                ? bytes.insert(contentsOf: word, at: place)
                : bytes.replaceSubrange(place..<min(place + word.count, bytes.count), with: word)
        }
    }

    /// Writes a number of two, four or eight bytes in either order.
    private func number(_ bytes: inout [UInt8], _ place: Int, _ chance: inout FuzzChance) {
        let width = chance.one(of: [2, 4, 8])
        guard place + width <= bytes.count else { return }
        var value = chance.one(of: Mutation.turning)
        if chance.below(4) == 0 { value = value &+ UInt64(chance.below(9)) &- 4 }
        let isBig = chance.below(2) == 0
        for index in 0..<width {
            let shift = UInt64(8 * (isBig ? width - 1 - index : index))
            bytes[place + index] = UInt8(truncatingIfNeeded: value >> shift)
        }
    }
}
