import Foundation

/// The table by which a model of SentencePiece replaces characters before it looks for pieces.
///
/// The library follows the table without looking where it leads, so a strange file could end the process. Here each
/// place that some text can lead to is visited once, before the library sees the table.
///
/// Source: the layout of Darts-clone's double arrays, and fields 3.2 and 5.2 of SentencePiece's `ModelProto`.
struct CharacterTable {
    private let units: [UInt32]
    private let textBytes: Int

    /// What is wrong with the tables of a model, or nil.
    static func problem(inModel model: Data) -> String? {
        var specifications: [Data] = []
        guard let fields = ProtobufFields(model) else { return "its fields end too early" }
        for field in fields.all where field.number == 3 || field.number == 5 {
            specifications.append(field.bytes)
        }
        for specification in specifications {
            guard let inner = ProtobufFields(specification) else {
                return "the fields of its normalizer end too early"
            }
            for field in inner.all where field.number == 2 && !field.bytes.isEmpty {
                guard let table = CharacterTable(field.bytes) else {
                    return "its table of characters is shorter than it says"
                }
                if let problem = table.problem() { return problem }
            }
        }
        return nil
    }

    /// The table in the bytes of `precompiled_charsmap`: a length, that many bytes of units, and texts.
    private init?(_ bytes: Data) {
        let bytes = [UInt8](bytes)
        func word(_ place: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
        guard bytes.count >= 4 else { return nil }
        let length = Int(word(0))
        guard length % 4 == 0, length <= bytes.count - 4 else { return nil }
        units = (0..<length / 4).map { word(4 + 4 * $0) }
        textBytes = bytes.count - 4 - length
    }

    /// Visits every place that a text can lead to.
    private func problem() -> String? {
        guard let first = units.first else { return "its table of characters is empty" }
        var visited: Set<Int> = []
        var waiting = [Self.offset(first)]
        while let place = waiting.popLast() {
            guard visited.insert(place).inserted else { continue }
            // Whatever byte a text goes on with is looked up among the 256 units around the place.
            guard place | 255 < units.count else {
                return "its table of characters leads to unit \(place | 255) of \(units.count)"
            }
            for byte in 0..<256 {
                let unit = units[place ^ byte]
                guard unit & 0x8000_00FF == UInt32(byte) else { continue }
                let next = (place ^ byte) ^ Self.offset(unit)
                waiting.append(next)
                guard unit & 0x100 != 0 else { continue }
                guard next < units.count else {
                    return "its table of characters leads to unit \(next) of \(units.count)"
                }
                let text = Int(units[next] & 0x7FFF_FFFF)
                guard text < textBytes else {
                    return
                        "its table of characters replaces some by byte \(text) of \(textBytes) of its texts"
                }
            }
        }
        return nil
    }

    /// How far a unit's children lie from it, to be combined by exclusive or.
    private static func offset(_ unit: UInt32) -> Int {
        Int((unit >> 10) << ((unit & 0x200) >> 6))
    }
}
