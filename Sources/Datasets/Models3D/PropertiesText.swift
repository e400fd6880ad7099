import Foundation

/// Reads Java properties: `key=value` lines in ISO 8859-1 with `\uXXXX` for other characters.
package enum PropertiesText {
    /// The values by key; the last one counts where a key comes twice.
    package static func read(_ data: Data) -> [String: String] {
        var values: [String: String] = [:]
        for line in lines(data) {
            guard let first = line.first, first != 0x23, first != 0x21 else { continue }
            let end = keyEnd(line)
            var start = end
            var hasSeparator = false
            while start < line.count {
                if isBlank(line[start]) {
                    start += 1
                } else if !hasSeparator, line[start] == 0x3D || line[start] == 0x3A {
                    hasSeparator = true
                    start += 1
                } else {
                    break
                }
            }
            values[text(line[..<end])] = text(line[start...]).trimmingCharacters(in: .whitespaces)
        }
        return values
    }

    /// Lines without blanks before them, those that end in a backslash joined with the next.
    private static func lines(_ data: Data) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var open: [UInt8]?
        for line in data.split(
            omittingEmptySubsequences: true,
            whereSeparator: { $0 == 10 || $0 == 13 }
        ) {
            var line = (open ?? []) + line.drop(while: isBlank)
            open = nil
            let backslashes = line.reversed().prefix { $0 == 0x5C }.count
            if backslashes % 2 == 1, line.first != 0x23, line.first != 0x21 {
                line.removeLast()
                open = line
            } else {
                lines.append(line)
            }
        }
        if let open { lines.append(open) }
        return lines
    }

    private static func keyEnd(_ line: [UInt8]) -> Int {
        var place = 0
        while place < line.count {
            if line[place] == 0x5C {
                place += 2
            } else if isBlank(line[place]) || line[place] == 0x3D || line[place] == 0x3A {
                return place
            } else {
                place += 1
            }
        }
        return line.count
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            guard byte == 0x5C, place < bytes.endIndex else {
                units.append(UInt16(byte))
                continue
            }
            let escaped = bytes[place]
            place += 1
            switch escaped {
            case 0x75:
                let digits = bytes[place..<min(place + 4, bytes.endIndex)]
                guard digits.count == 4,
                    let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
                else { continue }
                units.append(unit)
                place += 4
            case 0x6E: units.append(10)
            case 0x74: units.append(9)
            case 0x72: units.append(13)
            default: units.append(UInt16(escaped))
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 12 }
}
