import Foundation

/// The fields of a message of Protocol Buffers whose values are bytes; numbers are passed over.
///
/// Source: "Encoding", protobuf.dev; groups are not read, for no message that is read here has them.
struct ProtobufFields {
    /// Number and bytes of each field, in the order they stand in.
    private(set) var all: [(number: Int, bytes: Data)] = []
    private var rest: Data

    /// Nil where the bytes are no whole message.
    init?(_ message: Data) {
        rest = message
        while !rest.isEmpty {
            guard let key = number(), key >> 3 > 0 else { return nil }
            switch key & 7 {
            case 0: guard number() != nil else { return nil }
            case 1: guard take(8) != nil else { return nil }
            case 5: guard take(4) != nil else { return nil }
            case 2:
                guard let length = number(), let bytes = take(length) else { return nil }
                all.append((Int(key >> 3), bytes))
            default: return nil
            }
        }
    }

    /// The next number, seven bits a byte.
    private mutating func number() -> UInt64? {
        var value: UInt64 = 0
        for place in 0..<10 {
            guard let byte = rest.popFirst() else { return nil }
            value |= UInt64(byte & 0x7F) << UInt64(7 * place)
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    /// The next bytes.
    private mutating func take(_ count: UInt64) -> Data? {
        guard count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }
}
