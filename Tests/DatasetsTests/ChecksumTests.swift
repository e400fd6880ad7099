import Datasets
import Testing

@Suite("Checksums and random numbers")
struct ChecksumTests {
    // Values of the reference implementation, as its command `xxh64sum` prints them.
    @Test(
        "XXH64 agrees with the reference",
        arguments: [
            ("", 0xEF46_DB37_51D8_E999 as UInt64), ("a", 0xD24E_C4F1_A98C_6E5B),
            ("abc", 0x44BC_2CF5_AD77_0999),
            ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
        ]
    )
    func xxHash(text: String, expected: UInt64) {
        #expect(XXHash64.hash(text) == expected)
    }

    @Test("XXH64 does not depend on how the bytes arrive")
    func xxHashPieces() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let whole = bytes.withUnsafeBytes { XXHash64.hash($0, seed: 7) }
        for step in [1, 3, 31, 32, 33, 100, 999] {
            var hasher = XXHash64(seed: 7)
            for start in stride(from: 0, to: bytes.count, by: step) {
                bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { hasher.update($0) }
            }
            #expect(hasher.value == whole, "pieces of \(step)")
        }
        #expect(whole != bytes.withUnsafeBytes { XXHash64.hash($0, seed: 8) })
    }

    @Test("CRC-32 has its check value")
    func crc() {
        #expect(Array("123456789".utf8).withUnsafeBytes { CRC32.checksum($0) } == 0xCBF4_3926)
        #expect([UInt8]().withUnsafeBytes { CRC32.checksum($0) } == 0)
        let zeros = [UInt8](repeating: 0, count: 32)
        #expect(zeros.withUnsafeBytes { CRC32.checksum($0) } == 0x190A_55AD)
    }

    // The known answers that come with Random123 for philox4x32, 10 rounds.
    @Test("Philox gives the known answers of its authors")
    func philox() {
        let zero = Philox.block(counter: (0, 0, 0, 0), key: (0, 0))
        #expect(zero == (0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8))
        let all = UInt32.max
        let ones = Philox.block(counter: (all, all, all, all), key: (all, all))
        #expect(ones == (0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD))
        let digits = Philox.block(
            counter: (0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
            key: (0xA409_3822, 0x299F_31D0)
        )
        #expect(digits == (0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1))
    }

    @Test("numbers below a bound are equally likely")
    func bounded() {
        var generator = Philox(seed: 1, stream: 0)
        var counts = [Int](repeating: 0, count: 7)
        for _ in 0..<70_000 { counts[generator.next(below: 7)] += 1 }
        // Five standard deviations are 463.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 463 })
    }
}
