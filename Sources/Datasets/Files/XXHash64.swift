import Foundation

/// The 64-bit xxHash: a fast checksum against accidents (not against an attacker).
///
/// Source: the xxHash specification, version 0.1.1, XXH64.
/// Own code because no system library that is already linked has it, and a cache of hundreds of
/// megabytes is verified at every start: this runs at memory speed.
package struct XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    private var lanes: (UInt64, UInt64, UInt64, UInt64)
    private var pending: [UInt8] = []
    private var total: UInt64 = 0
    private let seed: UInt64

    package init(seed: UInt64 = 0) {
        self.seed = seed
        lanes = (
            seed &+ Self.prime1 &+ Self.prime2, seed &+ Self.prime2, seed, seed &- Self.prime1
        )
        pending.reserveCapacity(32)
    }

    /// The hash of some bytes at once.
    package static func hash(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) -> UInt64 {
        var hasher = XXHash64(seed: seed)
        hasher.update(bytes)
        return hasher.value
    }

    /// The hash of a text's UTF-8 bytes.
    package static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        Array(text.utf8).withUnsafeBytes { hash($0, seed: seed) }
    }

    /// The hash of a file's bytes in sixteen hexadecimal digits: a short name for its contents.
    package static func digits(of file: URL) throws -> String {
        digits(of: try Data(contentsOf: file, options: .alwaysMapped))
    }

    /// The hash of bytes as sixteen hexadecimal digits.
    package static func digits(of bytes: Data) -> String {
        let hash = bytes.withUnsafeBytes { XXHash64.hash($0) }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Takes in more bytes.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        total &+= UInt64(bytes.count)
        var rest = bytes[...]
        if !pending.isEmpty {
            let wanted = min(32 - pending.count, rest.count)
            pending.append(contentsOf: rest.prefix(wanted))
            rest = rest.dropFirst(wanted)
            guard pending.count == 32 else { return }
            pending.withUnsafeBytes { block in consume(block) }
            pending.removeAll(keepingCapacity: true)
        }
        let whole = rest.count / 32 * 32
        consume(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
        pending.append(contentsOf: rest.dropFirst(whole))
    }

    /// The hash of everything taken in so far.
    package var value: UInt64 {
        var hash: UInt64
        if total >= 32 {
            hash =
                Self.rotated(lanes.0, 1) &+ Self.rotated(lanes.1, 7) &+ Self.rotated(lanes.2, 12)
                &+ Self.rotated(lanes.3, 18)
            for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        } else {
            hash = seed &+ Self.prime5
        }
        hash = hash &+ total
        return Self.mixed(pending.withUnsafeBytes { Self.finish(hash, $0) })
    }

    private mutating func consume(_ bytes: UnsafeRawBufferPointer) {
        var (first, second, third, fourth) = lanes
        var offset = 0
        while offset + 32 <= bytes.count {
            first = Self.round(first, Self.word(bytes, offset))
            second = Self.round(second, Self.word(bytes, offset + 8))
            third = Self.round(third, Self.word(bytes, offset + 16))
            fourth = Self.round(fourth, Self.word(bytes, offset + 24))
            offset += 32
        }
        lanes = (first, second, third, fourth)
    }

    private static func finish(_ start: UInt64, _ tail: UnsafeRawBufferPointer) -> UInt64 {
        var hash = start
        var offset = 0
        while offset + 8 <= tail.count {
            hash = rotated(hash ^ round(0, word(tail, offset)), 27) &* prime1 &+ prime4
            offset += 8
        }
        if offset + 4 <= tail.count {
            let half = UInt64(
                UInt32(littleEndian: tail.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
            )
            hash = rotated(hash ^ (half &* prime1), 23) &* prime2 &+ prime3
            offset += 4
        }
        for byte in tail.dropFirst(offset) {
            hash = rotated(hash ^ (UInt64(byte) &* prime5), 11) &* prime1
        }
        return hash
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var hash = (value ^ (value >> 33)) &* prime2
        hash = (hash ^ (hash >> 29)) &* prime3
        return hash ^ (hash >> 32)
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotated(lane &+ input &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func rotated(_ value: UInt64, _ count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 &- count))
    }
}
