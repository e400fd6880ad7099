import Foundation
import Imaging
import Testing

@Suite(.serialized) struct MemoryTests {
    /// The resident memory of this process in bytes; nil where the system does not say.
    private static var resident: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
            return nil
        }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 * 4_096 }
    }

    /// In a process of its own, where nothing else takes memory.
    @Test func threeHundredPicturesLeakNothing() async {
        await #expect(processExitsWith: .success) {
            for encoding in [PictureEncoding.png, .jpeg, .webp, .tiff] {
                try MemoryTests.measure(encoding)
            }
        }
    }

    private static func measure(_ encoding: PictureEncoding) throws {
        let data = try Sample.gradient(width: 384, height: 384)
            .encoded(as: encoding, metadata: PictureMetadata())
        func work(_ times: Int) throws {
            for _ in 0..<times {
                let picture = try Picture(decoding: data, name: "x")
                #expect(picture.resized(width: 64, height: 64).width == 64)
                #expect(Sample.error { try Picture(decoding: data.prefix(400), name: "x") } != nil)
            }
        }
        try work(20)
        let before = resident
        let blocks = Vips.heldBlocks
        try work(300)
        // Decoded, 300 pictures of 432 KiB and more.
        if let before, let after = resident { #expect(after - before < 48 * 1_048_576) }
        #expect(Vips.heldBlocks - blocks < 150)
    }

    @Test func concurrencyIsSet() {
        let before = Vips.concurrency
        Vips.concurrency = 2
        #expect(Vips.concurrency == 2)
        let picture = Sample.noise(width: 300, height: 300)
        let parallel = picture.resized(width: 77, height: 55)
        Vips.concurrency = 1
        #expect(picture.resized(width: 77, height: 55) == parallel)
        Vips.concurrency = before
    }

    @Test func manyTasksDecodeAtOnce() async throws {
        let picture = Sample.noise(width: 100, height: 80, channels: 4)
        let data = try picture.encoded(as: .png)
        let broken = Data(data.prefix(2_000))
        let results = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<200 {
                group.addTask {
                    index % 3 == 0
                        ? (try? Picture(decoding: broken, name: "x")) == nil
                        : (try? Picture(decoding: data, name: "x")) == picture
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 200 && results.allSatisfy { $0 })
    }
}
