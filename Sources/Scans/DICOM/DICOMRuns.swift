/// The bytes of a frame that was written in runs, a plane for each byte of a value, the highest first.
///
/// Source: DICOM PS3.5, annex G.
struct DICOMRuns {
    /// The planes, each with a byte of every value.
    let planes: [[UInt8]]

    /// Unpacks a fragment.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - range: Where the fragment lies.
    ///   - planes: How many planes there must be.
    ///   - count: How many values there must be.
    /// - Throws: `ScanError` where the fragment holds something else; room is made only for what it can hold.
    init(_ bytes: ScanBytes, _ range: Range<Int>, planes: Int, of count: Int) throws {
        // A run has two bytes for 128 at most.
        guard range.count >= 64, count <= range.count * 64 else {
            throw bytes.damage("a packed frame of \(range.count) bytes cannot hold \(count) values")
        }
        let start = range.lowerBound
        guard try bytes.number(start, UInt32.self) == UInt32(planes) else {
            throw bytes.damage("a packed frame has not the \(planes) parts that it must have")
        }
        var starts = try (0..<planes).map { plane in
            Int(try bytes.number(start + 4 + 4 * plane, UInt32.self))
        }
        starts.append(range.count)
        self.planes = try (0..<planes).map { plane in
            guard starts[plane] >= 64, starts[plane] <= starts[plane + 1],
                starts[plane + 1] <= range.count
            else { throw bytes.damage("the parts of a packed frame are not where they must be") }
            return try DICOMRuns.unpacked(
                bytes,
                start + starts[plane]..<start + starts[plane + 1],
                count
            )
        }
    }

    /// A part of bytes and runs of bytes.
    private static func unpacked(
        _ bytes: ScanBytes,
        _ range: Range<Int>,
        _ count: Int
    ) throws -> [UInt8] {
        var found: [UInt8] = []
        found.reserveCapacity(count)
        var place = range.lowerBound
        while place < range.upperBound, found.count < count {
            let head = Int(Int8(bitPattern: bytes.data[place]))
            place += 1
            if head >= 0 {
                let length = min(head + 1, count - found.count)
                guard place + length <= range.upperBound else { break }
                found.append(contentsOf: bytes.data[place..<place + length])
                place += head + 1
            } else if head > -128 {
                guard place < range.upperBound else { break }
                let length = min(1 - head, count - found.count)
                found.append(contentsOf: repeatElement(bytes.data[place], count: length))
                place += 1
            }
        }
        guard found.count == count else {
            throw bytes.damage("is cut short: a packed frame has \(found.count) values of \(count)")
        }
        return found
    }
}
