import Foundation
import Scans

/// Files of scans that the tests make for themselves, byte by byte.
enum ScanSamples {
    /// How a DICOM file is written.
    enum Syntax: String, CaseIterable {
        case implicit = "1.2.840.10008.1.2"
        case explicit = "1.2.840.10008.1.2.1"
        case big = "1.2.840.10008.1.2.2"
        case runs = "1.2.840.10008.1.2.5"
    }

    /// The bytes of a number.
    static func bytes(_ value: some FixedWidthInteger, isBig: Bool = false) -> [UInt8] {
        withUnsafeBytes(of: isBig ? value.bigEndian : value.littleEndian, Array.init)
    }

    /// An element with its head.
    static func element(
        _ tag: UInt32,
        _ kind: String,
        _ value: [UInt8],
        _ syntax: Syntax = .explicit,
        length: UInt32? = nil
    ) -> [UInt8] {
        let isBig = syntax == .big
        let head =
            bytes(UInt16(tag >> 16), isBig: isBig) + bytes(UInt16(tag & 0xFFFF), isBig: isBig)
        let size = length ?? UInt32(value.count)
        if syntax == .implicit { return head + bytes(size) + value }
        if ["OB", "OW", "SQ", "UN"].contains(kind) {
            return head + Array(kind.utf8) + [0, 0] + bytes(size, isBig: isBig) + value
        }
        return head + Array(kind.utf8) + bytes(UInt16(clamping: size), isBig: isBig) + value
    }

    /// A text of even length.
    static func text(_ value: String) -> [UInt8] {
        Array((value.utf8.count % 2 == 0 ? value : value + " ").utf8)
    }

    /// A DICOM file of grey values.
    static func dicom(
        _ values: [Int],
        width: Int,
        height: Int,
        frames: Int = 1,
        bits: Int = 16,
        stored: Int? = nil,
        isSigned: Bool = false,
        photometric: String = "MONOCHROME2",
        syntax: Syntax = .explicit,
        more: [(UInt32, String, String)] = []
    ) -> Data {
        let isBig = syntax == .big
        func short(_ value: Int) -> [UInt8] { bytes(UInt16(value), isBig: isBig) }
        var all: [(UInt32, String, [UInt8])] = [
            (0x0028_0002, "US", short(1)), (0x0028_0004, "CS", text(photometric)),
            (0x0028_0008, "IS", text("\(frames)")), (0x0028_0010, "US", short(height)),
            (0x0028_0011, "US", short(width)), (0x0028_0100, "US", short(bits)),
            (0x0028_0101, "US", short(stored ?? bits)),
            (0x0028_0102, "US", short((stored ?? bits) - 1)),
            (0x0028_0103, "US", short(isSigned ? 1 : 0)),
        ]
        all += more.map { ($0.0, $0.1, text($0.2)) }
        all.sort { $0.0 < $1.0 }
        var body = all.flatMap { element($0.0, $0.1, $0.2, syntax) }
        let plain = values.flatMap { value -> [UInt8] in
            bits == 8
                ? [UInt8(truncatingIfNeeded: value)]
                : bytes(UInt16(truncatingIfNeeded: value), isBig: isBig)
        }
        if syntax == .runs {
            let size = width * height * bits / 8
            var pixels = item([])
            for frame in 0..<frames {
                pixels += item(packed(Array(plain[frame * size..<(frame + 1) * size]), bits / 8))
            }
            pixels += bytes(UInt16(0xFFFE)) + bytes(UInt16(0xE0DD)) + bytes(UInt32(0))
            body += element(0x7FE0_0010, "OB", pixels, syntax, length: .max)
        } else {
            body += element(0x7FE0_0010, "OW", plain, syntax)
        }
        return file(body, syntax.rawValue)
    }

    /// A file of elements in a syntax.
    static func file(_ body: [UInt8], _ syntax: String) -> Data {
        let number = syntax.utf8.count % 2 == 0 ? Array(syntax.utf8) : Array(syntax.utf8) + [0]
        return Data(count: 128) + Data("DICM".utf8)
            + Data(element(0x0002_0010, "UI", number)) + Data(body)
    }

    /// An item of a sequence.
    static func item(_ value: [UInt8]) -> [UInt8] {
        bytes(UInt16(0xFFFE)) + bytes(UInt16(0xE000)) + bytes(UInt32(value.count)) + value
    }

    /// Bytes in runs, a part for each byte of a value, the highest first.
    static func packed(_ bytes: [UInt8], _ parts: Int) -> [UInt8] {
        let planes = (0..<parts).reversed().map { part -> [UInt8] in
            let plane = stride(from: part, to: bytes.count, by: parts).map { bytes[$0] }
            var packed: [UInt8] = []
            var place = 0
            while place < plane.count {
                let run = plane[place...].prefix(128).prefix { $0 == plane[place] }.count
                if run > 2 {
                    packed += [UInt8(bitPattern: Int8(1 - run)), plane[place]]
                    place += run
                } else {
                    packed += [0, plane[place]]
                    place += 1
                }
            }
            return packed.count % 2 == 0 ? packed : packed + [0x80]
        }
        var head = self.bytes(UInt32(parts))
        var start = 64
        for plane in planes {
            head += self.bytes(UInt32(start))
            start += plane.count
        }
        head += [UInt8](repeating: 0, count: 64 - head.count)
        return head + planes.flatMap { $0 }
    }

    /// A NIfTI file of version 1 or 2.
    static func nifti(
        _ values: [UInt8],
        sizes: [Int],
        type: Int,
        version: Int = 1,
        isBig: Bool = false,
        slope: Double = 0,
        intercept: Double = 0,
        rows: [Double] = []
    ) -> Data {
        let isNew = version == 2
        var head = [UInt8](repeating: 0, count: isNew ? 544 : 352)
        func put(_ place: Int, _ bytes: [UInt8]) {
            head.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
        func number(_ old: Int, _ new: Int, _ value: Double) {
            isNew
                ? put(new, bytes(value.bitPattern, isBig: isBig))
                : put(old, bytes(Float(value).bitPattern, isBig: isBig))
        }
        put(0, bytes(Int32(isNew ? 540 : 348), isBig: isBig))
        put(isNew ? 4 : 344, Array(isNew ? "n+2".utf8 : "n+1".utf8))
        for (place, size) in ([sizes.count] + sizes).enumerated() {
            isNew
                ? put(16 + 8 * place, bytes(Int64(size), isBig: isBig))
                : put(40 + 2 * place, bytes(Int16(clamping: size), isBig: isBig))
            number(76 + 4 * place, 104 + 8 * place, 1)
        }
        put(isNew ? 12 : 70, bytes(Int16(type), isBig: isBig))
        if isNew {
            put(168, bytes(Int64(544), isBig: isBig))
        } else {
            number(108, 0, 352)
        }
        number(112, 176, slope)
        number(116, 184, intercept)
        if !rows.isEmpty {
            isNew
                ? put(348, bytes(Int32(1), isBig: isBig)) : put(254, bytes(Int16(1), isBig: isBig))
            for (place, value) in rows.enumerated() {
                number(280 + 4 * place, 400 + 8 * place, value)
            }
        }
        return Data(head + values)
    }
}
