import Foundation

#if canImport(Glibc)
import Glibc
#endif

/// The encodings that archives from before Unicode, and from systems that keep to theirs, name
/// their entries in without saying so.
enum NameEncoding: String, CaseIterable, Sendable {
    /// Chinese, simplified.
    case gbk = "GB18030"
    /// Names in Japanese.
    case shiftJIS = "CP932"
    /// Western European, of DOS: what the format means where it says nothing.
    case dos = "CP437"

    /// The name for people.
    var title: String {
        switch self {
        case .gbk: "GBK"
        case .shiftJIS: "Shift-JIS"
        case .dos: "CP437"
        }
    }

    /// The encoding that fits names best; all names of an archive are in the same one.
    ///
    /// An encoding fits where it can stand for all of the bytes, and where the characters are common
    /// ones of its languages.
    static func guess(_ names: [[UInt8]]) -> NameEncoding {
        let fits = allCases.map { encoding -> (encoding: NameEncoding, score: Double) in
            var score = 0.0
            for name in names {
                guard encoding.text(name) != nil, let own = encoding.score(name) else {
                    return (encoding, -1)
                }
                score += own
            }
            return (encoding, score)
        }
        return fits.max { $0.score < $1.score }?.encoding ?? .dos
    }

    /// An encoding in which names that are UTF-8 read as well: they may be words of two languages.
    ///
    /// Two bytes that are one letter in UTF-8 are one Chinese character in GBK; letters that stand between others of
    /// ASCII are no such words.
    static func alternative(_ names: [[UInt8]]) -> NameEncoding? {
        let isLikely = names.allSatisfy { name in
            let places = name.indices.filter { name[$0] >= 0x80 }
            let isAmongLetters = places.contains { place in
                [place - 1, place + 1].contains { beside in
                    name.indices.contains(beside)
                        && ((0x61...0x7A).contains(name[beside] | 0x20))
                }
            }
            guard !places.isEmpty, !isAmongLetters, NameEncoding.gbk.text(name) != nil else {
                return false
            }
            return NameEncoding.gbk.score(name).map { $0 > 0.9 } ?? false
        }
        return isLikely && !names.isEmpty ? .gbk : nil
    }

    /// A name in UTF-8; nothing where the bytes mean nothing in this encoding.
    func text(_ bytes: [UInt8]) -> String? {
        #if canImport(Glibc)
        let converter = iconv_open("UTF-8", rawValue)
        // The call answers −1 as a pointer for an encoding that it does not know.
        guard let converter, converter != UnsafeMutableRawPointer(bitPattern: -1) else {
            return nil
        }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: 4 * bytes.count + 8)
        let size = output.count
        var left = size
        let isWhole = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var fromLeft = input.count
                var into = output.baseAddress
                let result = iconv(converter, &from, &fromLeft, &into, &left)
                return result != Int(bitPattern: UInt.max) && fromLeft == 0
            }
        }
        guard isWhole else { return nil }
        return String(
            validating: output.prefix(size - left).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        #else
        let number = CFStringConvertIANACharSetNameToEncoding(rawValue as CFString)
        guard number != kCFStringEncodingInvalidId else { return nil }
        let encoding = String.Encoding(rawValue: CFStringConvertEncodingToNSStringEncoding(number))
        return String(data: Data(bytes), encoding: encoding)
        #endif
    }

    /// How common the characters beyond ASCII are, from 0 to 1; nothing for a cut character.
    private func score(_ bytes: [UInt8]) -> Double? {
        var sum = 0.0
        var count = 0.0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : nil
            if byte < 0x80 {
                index += 1
                continue
            }
            count += 1
            switch self {
            case .dos:
                sum += Self.dosScore(bytes, index)
                index += 1
            case .shiftJIS where (0xA0...0xDF).contains(byte):
                // Katakana of half width: rare, and any byte of other encodings looks like them.
                sum += 0.15
                index += 1
            case .gbk, .shiftJIS:
                guard let next else { return nil }
                sum += self == .gbk ? Self.gbkScore(byte, next) : Self.shiftScore(byte, next)
                index += 2
            }
        }
        return count == 0 ? 0 : sum / count
    }

    private static func gbkScore(_ lead: UInt8, _ trail: UInt8) -> Double {
        guard trail >= 0xA1 else { return 0.1 }
        return switch lead {
        // The 3755 most frequent characters, then the rest of GB 2312, then signs.
        case 0xB0...0xD7: 1
        case 0xD8...0xF7: 0.5
        case 0xA1...0xA9: 0.4
        default: 0.1
        }
    }

    private static func shiftScore(_ lead: UInt8, _ trail: UInt8) -> Double {
        switch (lead, trail) {
        // Kana, then the characters of the first level, then the rest.
        case (0x82, 0x9F...0xF1), (0x83, 0x40...0x96): 1
        case (0x88, 0x9F...), (0x89...0x97, _), (0x98, 0x40...0x72): 0.9
        case (0x81, 0x5B), (0x81, 0x58): 0.9
        case (0x81, _), (0x82, _), (0x83, _): 0.3
        case (0x98...0x9F, _), (0xE0...0xEA, _): 0.3
        default: 0.05
        }
    }

    /// Letters with accents stand beside letters of the same case.
    private static func dosScore(_ bytes: [UInt8], _ index: Int) -> Double {
        let byte = bytes[index]
        let capitals: Set<UInt8> = [0x80, 0x8E, 0x8F, 0x90, 0x92, 0x99, 0x9A, 0xA5]
        guard (0x80...0x9A).contains(byte) || (0xA0...0xA5).contains(byte) || byte == 0xE1 else {
            return 0.02
        }
        let neighbours = [index - 1, index + 1].filter(bytes.indices.contains).map { bytes[$0] }
        let small = neighbours.contains { (0x61...0x7A).contains($0) }
        let large = neighbours.contains { (0x41...0x5A).contains($0) }
        if capitals.contains(byte) { return small || large ? 0.8 : 0.3 }
        return small && !large ? 0.95 : 0.25
    }
}
