import Foundation

/// Goes through the elements of a DICOM file and keeps where those lie that are wanted.
///
/// Only what the bytes hold is gone through: lengths are checked against them before anything is made of them, and
/// sequences are looked into 16 deep.
///
/// Source: DICOM PS3.5, section 7, and PS3.10, section 7.
struct DICOMReader {
    private let bytes: ScanBytes
    private let syntax: TransferSyntax
    private let isExplicit: Bool

    /// Sequences in sequences.
    private static let mostLevels = 16
    /// Items of all sequences that are kept.
    private static let mostItems = 1 << 17
    /// Elements that are kept of all sequences.
    private var items = 0

    /// Kinds whose lengths have four bytes after two that are empty.
    private static let long = codes("OB OD OF OL OV OW SQ SV UC UN UR UT UV")
    private static let short = codes(
        "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US"
    )
    private static let words = codes("OW")
    private static let unknown = codes("UN")

    /// The letters of kinds as numbers.
    private static func codes(_ names: String) -> Set<UInt16> {
        Set(names.split(separator: " ").map { $0.utf8.reduce(0) { $0 << 8 | UInt16($1) } })
    }

    /// The elements of a file after those that say how they are written.
    ///
    /// - Throws: `ScanError` where they break the rules.
    static func elements(
        _ bytes: ScanBytes,
        from start: Int,
        _ syntax: TransferSyntax
    ) throws -> DICOMItem {
        var reader = DICOMReader(bytes, syntax, from: start)
        var place = start
        return try reader.elements(&place, until: bytes.count, level: 0)
    }

    private init(_ bytes: ScanBytes, _ syntax: TransferSyntax, from start: Int) {
        (self.bytes, self.syntax) = (bytes, syntax)
        // Some files name kinds although they say that they do not.
        isExplicit = syntax.isExplicit || DICOMReader.isLong(bytes, start + 4) != nil
    }

    /// The two letters of a kind as a number; 0 where the file ends before them.
    private static func kind(_ bytes: ScanBytes, _ place: Int) -> UInt16 {
        (try? bytes.number(place, UInt16.self, isBig: true)) ?? 0
    }

    /// Whether a kind stands at a place, and whether its length has four bytes; nothing where none does.
    static func isLong(_ bytes: ScanBytes, _ place: Int) -> Bool? {
        let kind = kind(bytes, place)
        return long.contains(kind) ? true : short.contains(kind) ? false : nil
    }

    /// What stands before a value.
    private struct Head {
        let tag: UInt32
        let kind: UInt16
        /// Nothing where the end is marked.
        let length: Int?
        let value: Int
    }

    private func head(_ place: Int, isPlain: Bool) throws -> Head {
        let isBig = syntax.isBig
        let group: UInt16 = try bytes.number(place, isBig: isBig)
        let low: UInt16 = try bytes.number(place + 2, isBig: isBig)
        let tag = UInt32(group) << 16 | UInt32(low)
        var kind: UInt16 = 0
        var value = place + 8
        let length: UInt32
        if group == 0xFFFE || isPlain || !isExplicit {
            length = try bytes.number(place + 4, isBig: isBig)
        } else {
            kind = DICOMReader.kind(bytes, place + 4)
            if DICOMReader.long.contains(kind) {
                length = try bytes.number(place + 8, isBig: isBig)
                value = place + 12
            } else if DICOMReader.short.contains(kind) {
                length = UInt32(try bytes.number(place + 6, UInt16.self, isBig: isBig))
            } else {
                throw bytes.damage(
                    "the element \(DICOMTag.text(tag)) at \(place) is of no known kind"
                )
            }
        }
        return Head(tag: tag, kind: kind, length: length == .max ? nil : Int(length), value: value)
    }

    /// Elements up to a place, or to the mark of an item's end.
    private mutating func elements(
        _ place: inout Int,
        until end: Int,
        level: Int,
        isPlain: Bool = false
    ) throws -> DICOMItem {
        var found: DICOMItem = [:]
        while place <= end - 8 {
            let head = try head(place, isPlain: isPlain)
            if head.tag == DICOMTag.itemEnd {
                place = head.value
                return found
            }
            place = head.value
            let element = try element(head, &place, until: end, level: level, isPlain: isPlain)
            if DICOMTag.kept.contains(head.tag), found[head.tag] == nil {
                found[head.tag] = element
            }
            // What is behind the pixels, filling and signatures, is of no use here.
            if level == 0, head.tag == DICOMTag.pixels { break }
        }
        if level > 0 { place = end }
        return found
    }

    private mutating func element(
        _ head: Head,
        _ place: inout Int,
        until end: Int,
        level: Int,
        isPlain: Bool
    ) throws -> DICOMElement {
        let start = head.value
        if let length = head.length {
            guard length <= end - start else {
                throw bytes.damage(
                    "is cut short: the element \(DICOMTag.text(head.tag)) claims \(length) bytes, "
                        + "\(max(end - start, 0)) are there"
                )
            }
            place = start + length
            var element = DICOMElement(
                range: start..<place,
                isWords: DICOMReader.words.contains(head.kind)
            )
            if DICOMTag.sequences.contains(head.tag) {
                var inner = start
                element.items = try sequence(&inner, until: place, level: level, isPlain: isPlain)
            }
            return element
        }
        if head.tag == DICOMTag.pixels {
            let fragments = try fragments(&place, until: end)
            return DICOMElement(range: start..<place, fragments: fragments)
        }
        // An unknown kind of unknown length is written without kinds.
        let isInner = isPlain || DICOMReader.unknown.contains(head.kind)
        let items = try sequence(&place, until: end, level: level, isPlain: isInner)
        return DICOMElement(range: start..<place, items: items)
    }

    /// The items of a sequence up to a place, or to the mark of its end.
    private mutating func sequence(
        _ place: inout Int,
        until end: Int,
        level: Int,
        isPlain: Bool
    ) throws -> [DICOMItem] {
        guard level < DICOMReader.mostLevels else {
            throw bytes.damage("has sequences more than \(DICOMReader.mostLevels) deep")
        }
        var found: [DICOMItem] = []
        while place <= end - 8 {
            let head = try head(place, isPlain: isPlain)
            place = head.value
            if head.tag == DICOMTag.sequenceEnd { return found }
            guard head.tag == DICOMTag.item else {
                throw bytes.damage(
                    "a sequence has \(DICOMTag.text(head.tag)) at \(place - 8) in place of an item"
                )
            }
            let limit: Int
            if let length = head.length {
                guard length <= end - place else {
                    throw bytes.damage(
                        "is cut short: an item claims \(length) bytes, \(end - place) are there"
                    )
                }
                limit = place + length
            } else {
                limit = end
            }
            let item = try elements(&place, until: limit, level: level + 1, isPlain: isPlain)
            if head.length != nil { place = limit }
            items += 1
            guard items <= DICOMReader.mostItems else {
                throw bytes.damage("has more than \(DICOMReader.mostItems) items in sequences")
            }
            found.append(item)
        }
        return found
    }

    /// The fragments of packed pixels.
    private func fragments(_ place: inout Int, until end: Int) throws -> [Range<Int>] {
        var found: [Range<Int>] = []
        while place <= end - 8 {
            let head = try head(place, isPlain: true)
            place = head.value
            if head.tag == DICOMTag.sequenceEnd { return found }
            guard head.tag == DICOMTag.item, let length = head.length, length <= end - place
            else {
                throw bytes.damage(
                    "is cut short or damaged: no whole fragment of pixels at \(place - 8)"
                )
            }
            found.append(place..<place + length)
            place += length
        }
        throw bytes.damage("is cut short: the mark after the last fragment of pixels is missing")
    }
}
