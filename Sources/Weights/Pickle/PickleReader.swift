import Foundation

/// Bytes that are read from the front.
struct PickleReader {
    private let data: Data
    private(set) var position: Int

    init(_ data: Data, from start: Int = 0) {
        self.data = data
        position = data.startIndex + start
    }

    /// Bytes from the beginning of the data.
    var offset: Int { position - data.startIndex }

    private var rest: Int { data.endIndex - position }

    mutating func byte() throws(WeightsError) -> UInt8 {
        guard rest > 0 else { throw Self.ended }
        defer { position += 1 }
        return data[position]
    }

    /// So many bytes.
    mutating func bytes(_ count: Int) throws(WeightsError) -> Data {
        guard count >= 0, count <= rest else { throw Self.ended }
        defer { position += count }
        return data[position..<position + count]
    }

    /// A whole number of so many bytes, the least first; without a sign.
    mutating func number(_ count: Int) throws(WeightsError) -> Int {
        var number: UInt64 = 0
        for place in 0..<count { number |= UInt64(try byte()) << (8 * UInt64(place)) }
        guard let small = Int(exactly: number) else {
            throw WeightsError(.damaged, "a length of \(number) bytes is more than there are")
        }
        return small
    }

    /// Text up to the end of a line.
    mutating func line(most: Int = 4096) throws(WeightsError) -> String {
        var found: [UInt8] = []
        while true {
            let next = try byte()
            if next == UInt8(ascii: "\n") { return String(decoding: found, as: UTF8.self) }
            guard found.count < most else {
                throw WeightsError(.damaged, "a line has more than \(most) bytes")
            }
            found.append(next)
        }
    }

    private static let ended = WeightsError(.damaged, "it ends in the middle")
}
