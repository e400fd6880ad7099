import Foundation

/// The bytes of a file, read at places that are checked against their number.
public struct FileBytes<Trouble: FileTrouble>: Sendable {
    /// The bytes; the first has the place 0.
    public let data: Data
    /// What errors call the file.
    public let name: String

    /// The bytes of a file.
    public init(_ data: Data, name: String) {
        self.data = data.startIndex == 0 ? data : Data(data)
        self.name = name
    }

    /// How many there are.
    public var count: Int { data.count }

    /// Whether so many bytes lie at a place.
    public func has(_ length: Int, at place: Int) -> Bool {
        place >= 0 && length >= 0 && place <= count && length <= count - place
    }

    /// A whole number at a place, its low byte first unless it is big.
    ///
    /// - Throws: `FileProblem` where the file ends before it.
    public func number<Number: FixedWidthInteger>(
        _ place: Int,
        _ type: Number.Type = Number.self,
        isBig: Bool = false
    ) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard has(size, at: place) else { throw ends(before: size, at: place) }
        let raw = data.withUnsafeBytes {
            $0.loadUnaligned(fromByteOffset: place, as: Number.self)
        }
        return isBig ? Number(bigEndian: raw) : Number(littleEndian: raw)
    }

    /// A number of four bytes with a fraction.
    public func float(_ place: Int, isBig: Bool) throws -> Double {
        Double(Float(bitPattern: try number(place, UInt32.self, isBig: isBig)))
    }

    /// A number of eight bytes with a fraction.
    public func double(_ place: Int, isBig: Bool) throws -> Double {
        Double(bitPattern: try number(place, UInt64.self, isBig: isBig))
    }

    /// Whether the file has these characters at a place.
    public func says(_ text: String, at place: Int) -> Bool {
        let wanted = Array(text.utf8)
        return has(wanted.count, at: place)
            && data[place..<place + wanted.count].elementsEqual(wanted)
    }

    /// That the file ends early.
    public func ends(before length: Int, at place: Int) -> FileProblem<Trouble> {
        FileProblem(
            .broken,
            at: name,
            "is cut short: \(length) bytes are expected at \(place), the file has \(count)",
            cure: Trouble.cureOfCut
        )
    }
}
