import Datasets
import Foundation
import Testing

@Suite("Batches")
struct PrefetcherTests {
    private static func withLoader(
        batchSize: Int = 32,
        remainder: BatchOrder.Remainder = .dropped,
        channels: Int = 1,
        layout: Batch.Layout = .channelsFirst,
        augmentation: Augmentation = .none,
        _ body: (BatchLoader) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            try Samples.writeIDX(in: folder, count: 100, side: 4)
            let source = try IDXSource(folder: folder, split: .train, name: "tiny")
            let cache = try PictureCache.open(
                source,
                options: CacheOptions(width: 4, height: 4, channels: channels),
                folder: folder.appending(path: "cache"),
                notice: { _ in }
            )
            let order = try BatchOrder(
                count: cache.count,
                batchSize: batchSize,
                sampling: .shuffled(Permutation(count: cache.count, seed: 5)),
                remainder: remainder
            )
            try body(
                BatchLoader(
                    cache: cache,
                    order: order,
                    augmentation: augmentation,
                    layout: layout,
                    seed: 5
                )
            )
        }
    }

    @Test("an epoch hands out every example once, the remainder kept")
    func coverage() throws {
        try Self.withLoader(remainder: .kept) { loader in
            #expect(loader.order.batchesPerEpoch == 4)
            let prefetcher = Prefetcher(loader: loader)
            let batches = (0..<4).map { _ in prefetcher.next() }
            #expect(batches.map(\.count) == [32, 32, 32, 4])
            #expect(batches.flatMap(\.indices).sorted() == Array(0..<100))
            #expect(batches.last?.end == DataPosition(epoch: 1))
            #expect(prefetcher.next().start == DataPosition(epoch: 1))
        }
    }

    @Test("dropping the remainder goes on with the next epoch")
    func dropped() throws {
        try Self.withLoader { loader in
            #expect(loader.order.batchesPerEpoch == 3)
            let prefetcher = Prefetcher(loader: loader, depth: 1)
            let batches = (0..<6).map { _ in prefetcher.next() }
            #expect(batches.allSatisfy { $0.count == 32 })
            #expect(batches.map(\.start.epoch) == [0, 0, 0, 1, 1, 1])
            #expect(batches[0].indices != batches[3].indices)
        }
    }

    @Test("pixels and labels belong to the indices")
    func contents() throws {
        try Self.withLoader { loader in
            let batch = loader.batch(at: DataPosition(epoch: 2, offset: 32))
            for (place, index) in batch.indices.enumerated() {
                let pixels = Array(batch.pixels[(place * 16)..<((place + 1) * 16)])
                #expect(pixels == loader.cache.picture(at: index).samples)
                #expect(batch.labels[place] == index % 10)
            }
        }
    }

    @Test("goes on exactly where it was left", arguments: [0, 1, 3, 7])
    func resumed(taken: Int) throws {
        let augmentation = Augmentation(
            horizontalFlip: 0.5,
            rotation: .init(strength: 20),
            translation: .init(strength: 0.25)
        )
        try Self.withLoader(augmentation: augmentation) { loader in
            let whole = Prefetcher(loader: loader)
            let batches = (0..<10).map { _ in whole.next() }
            let position = taken == 0 ? DataPosition() : batches[taken - 1].end
            let rest = Prefetcher(loader: loader, from: position, depth: 5)
            #expect((taken..<10).map { _ in rest.next() } == Array(batches[taken...]))
        }
    }

    @Test("channels come first or last as asked")
    func layouts() throws {
        try Self.withLoader(channels: 3, layout: .channelsFirst) { first in
            let last = BatchLoader(
                cache: first.cache,
                order: first.order,
                layout: .channelsLast,
                seed: 5
            )
            let planes = first.batch(at: DataPosition())
            let pixels = last.batch(at: DataPosition())
            #expect(planes.indices == pixels.indices)
            for picture in 0..<planes.count {
                for pixel in 0..<16 {
                    for channel in 0..<3 {
                        #expect(
                            planes.pixels[picture * 48 + channel * 16 + pixel]
                                == pixels.pixels[picture * 48 + pixel * 3 + channel]
                        )
                    }
                }
            }
        }
    }

    @Test("samples become numbers of the range asked for")
    func floats() throws {
        try Self.withLoader { loader in
            let batch = loader.batch(at: DataPosition())
            let numbers = batch.floats()
            #expect(numbers.count == batch.pixels.count)
            for (number, sample) in zip(numbers, batch.pixels) {
                #expect(abs(number - (Float(sample) / 127.5 - 1)) < 1e-6)
            }
            #expect(batch.floats(in: 0...1).allSatisfy { (0...1).contains($0) })
        }
    }

    @Test("refuses batches that cannot be made", arguments: [0, -1, 101])
    func refused(batchSize: Int) throws {
        let error = datasetError {
            _ = try BatchOrder(count: 100, batchSize: batchSize, sampling: .sequential)
        }
        #expect(error?.kind == .request)
    }

    @Test("a prefetcher that nobody reads any more lets go of everything")
    func stops() throws {
        weak var left: PictureCache?
        try Self.withLoader { loader in
            left = loader.cache
            for depth in 1...20 { _ = Prefetcher(loader: loader, depth: depth).next() }
        }
        let deadline = Date(timeIntervalSinceNow: 10)
        while left != nil && Date() < deadline { Thread.sleep(forTimeInterval: 0.01) }
        #expect(left == nil)
    }
}
