import Datasets
import Foundation
import Testing

@Suite("Names in archives")
struct NameEncodingTests {
    /// A stored zip with names of any bytes, made by hand: libraries repair names.
    private static func zip(
        _ entries: [(name: [UInt8], data: Data)],
        flags: UInt16 = 0,
        unicodePath: [String]? = nil
    ) -> Data {
        func bytes(_ value: some FixedWidthInteger) -> Data {
            withUnsafeBytes(of: value.littleEndian) { Data($0) }
        }
        var file = Data()
        var directory = Data()
        for (index, entry) in entries.enumerated() {
            let size = UInt32(entry.data.count)
            var extra = Data()
            if let unicodePath {
                let text = Data(unicodePath[index].utf8)
                extra =
                    bytes(UInt16(0x7075)) + bytes(UInt16(5 + text.count)) + Data([1])
                    + bytes(crc(Data(entry.name))) + text
            }
            let common =
                bytes(flags) + bytes(UInt16(0)) + bytes(UInt32(0x5A8C_0000))
                + bytes(crc(entry.data))
                + bytes(size) + bytes(size) + bytes(UInt16(entry.name.count))
                + bytes(UInt16(extra.count))
            directory +=
                bytes(UInt32(0x0201_4B50)) + bytes(UInt16(20)) + bytes(UInt16(20)) + common
                + Data(count: 10) + bytes(UInt32(file.count)) + Data(entry.name) + extra
            // The central directory has a comment, a disk and attributes between.
            file +=
                bytes(UInt32(0x0403_4B50)) + bytes(UInt16(20)) + common + Data(entry.name) + extra
                + entry.data
        }
        let count = bytes(UInt16(entries.count))
        return file + directory + bytes(UInt32(0x0605_4B50)) + Data(count: 4) + count + count
            + bytes(UInt32(directory.count)) + bytes(UInt32(file.count)) + Data(count: 2)
    }

    private static func crc(_ data: Data) -> UInt32 {
        var value: UInt32 = ~0
        for byte in data {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return ~value
    }

    private static func source(
        _ folders: [[UInt8]],
        flags: UInt16 = 0,
        unicodePath: [String]? = nil,
        _ body: (ArchiveSource) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            let entries = try folders.enumerated().map { index, name in
                (
                    name: name + Array("/\(index).png".utf8),
                    data: try Samples.picture(seed: index).encoded(as: .png)
                )
            }
            let file = folder.appending(path: "set.zip")
            let paths = unicodePath.map { $0.enumerated().map { "\($1)/\($0).png" } }
            try zip(entries, flags: flags, unicodePath: paths).write(to: file)
            try body(ArchiveSource(file))
        }
    }

    /// Words of each language in its own encoding, none of which is UTF-8 by chance: the two bytes of
    /// 猫 in GBK are, and stand for è.
    private static let words: [(encoding: String, words: [(String, [UInt8])])] = [
        (
            "GBK",
            [
                ("红", [0xBA, 0xEC]), ("蓝", [0xC0, 0xB6]), ("鸟", [0xC4, 0xF1]),
                ("狗", [0xB9, 0xB7]), ("苹果", [0xC6, 0xBB, 0xB9, 0xFB]),
            ]
        ),
        (
            "Shift-JIS",
            [
                ("赤", [0x90, 0xD4]), ("青", [0x90, 0xC2]), ("猫", [0x94, 0x4C]),
                ("表", [0x95, 0x5C]), ("ねこ", [0x82, 0xCB, 0x82, 0xB1]),
                ("リンゴ", [0x83, 0x8A, 0x83, 0x93, 0x83, 0x53]),
            ]
        ),
        (
            "CP437",
            [
                ("café", [0x63, 0x61, 0x66, 0x82]), ("grün", [0x67, 0x72, 0x81, 0x6E]),
                ("Bär", [0x42, 0x84, 0x72]), ("señal", [0x73, 0x65, 0xA4, 0x61, 0x6C]),
            ]
        ),
    ]

    @Test("of each two words of a language two classes come, and the guess is told")
    func guesses() throws {
        for (encoding, words) in Self.words {
            for first in words {
                for second in words where first.0 != second.0 {
                    try Self.source([first.1, second.1]) { source in
                        #expect(source.classNames == [first.0, second.0].sorted(), "\(encoding)")
                        let guess = source.problems.filter { $0.kind == .guessedNames }
                        #expect(guess.count == 1)
                        #expect(guess.first?.message.contains(encoding) == true)
                        for index in 0..<2 {
                            let picture = try source.picture(at: index)
                            #expect(picture == Samples.picture(seed: index))
                        }
                    }
                }
            }
        }
    }

    @Test("the flag for UTF-8, UTF-8 without it and the field for Unicode are no guesses")
    func stated() throws {
        let names = ["红", "café"]
        let own = names.map { Array($0.utf8) }
        for flags: UInt16 in [0, 0x800] {
            try Self.source(own, flags: flags) { source in
                #expect(source.classNames == names.sorted() && source.problems.isEmpty)
            }
        }
        let other: [[UInt8]] = [[0xBA, 0xEC], [0x63, 0x82]]
        try Self.source(other, unicodePath: names) { source in
            #expect(source.classNames == names.sorted() && source.problems.isEmpty)
        }
    }

    /// Characters of GBK whose two bytes are a letter in UTF-8 as well.
    private static let both: [(String, String, [UInt8])] = [
        ("猫", "è", [0xC3, 0xA8]), ("茅", "é", [0xC3, 0xA9]), ("毛", "ë", [0xC3, 0xAB]),
    ]

    @Test("names that are words in UTF-8 and in GBK: which was taken is told")
    func eitherOf() throws {
        for (chinese, letter, bytes) in Self.both {
            try Self.source([bytes, Array("dog".utf8)]) { source in
                #expect(source.classNames == ["dog", letter])
                let guess = source.problems.filter { $0.kind == .guessedNames }
                #expect(guess.count == 1 && guess.first?.message.contains(chinese) == true)
            }
            // Beside names that are certainly GBK it is that.
            try Self.source([bytes, [0xB9, 0xB7]]) { source in
                #expect(source.classNames == [chinese, "狗"].sorted())
                #expect(source.problems.count { $0.kind == .guessedNames } == 1)
                for index in 0..<2 {
                    let picture = try source.picture(at: index)
                    #expect(picture == Samples.picture(seed: index))
                }
            }
            // Where it is stated, or stands within a word, nothing is guessed.
            try Self.source([bytes, Array("dog".utf8)], flags: 0x800) { source in
                #expect(source.classNames == ["dog", letter] && source.problems.isEmpty)
            }
            try Self.source([Array("caf".utf8) + bytes, Array("dog".utf8)]) { source in
                #expect(source.classNames == ["caf" + letter, "dog"] && source.problems.isEmpty)
            }
        }
    }

    @Test("names of any bytes never become one", arguments: 0..<60)
    func different(seed: Int) throws {
        var numbers = Philox(seed: UInt64(seed), stream: 0)
        var folders: Set<[UInt8]> = []
        for _ in 0..<(2 + numbers.next(below: 4)) {
            folders.insert((0..<3).map { _ in UInt8(0x80 + numbers.next(below: 0x7F)) })
        }
        do {
            try Self.source(folders.sorted { $0.lexicographicallyPrecedes($1) }) { source in
                #expect(source.classNames.count == folders.count)
                #expect(source.problems.contains { $0.kind == .guessedNames })
            }
        } catch is DatasetError {
            // Refused is right, too.
        }
    }
}
