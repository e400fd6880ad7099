import Datasets
import Foundation
import Testing

@Suite("Gzip")
struct GzipTests {
    private static func withPair(_ body: (URL, URL, Data, [UInt8]) throws -> Void) throws {
        try Samples.withFolder { folder in
            var generator = Philox(seed: 2, stream: 0)
            let values = (0..<5000).map { _ in UInt8(generator.next(below: 256)) }
            let images = folder.appending(path: "train-images-idx3-ubyte.gz")
            let labels = folder.appending(path: "train-labels-idx1-ubyte.gz")
            let written = ZipWriter.write(
                [.init("x", Samples.idx([50, 10, 10], values))],
                to: images,
                kind: .gzip
            )
            try #require(written)
            ZipWriter.write(
                [.init("x", Samples.idx([50], [UInt8](repeating: 4, count: 50)))],
                to: labels,
                kind: .gzip
            )
            try body(images, labels, try Data(contentsOf: images), values)
        }
    }

    @Test("IDX files are read packed")
    func packed() throws {
        try Self.withPair { images, _, data, values in
            #expect(data.starts(with: [0x1F, 0x8B]))
            let source = try IDXSource(
                folder: images.deletingLastPathComponent(),
                split: .train
            )
            #expect(source.count == 50)
            #expect(try source.picture(at: 7).samples == Array(values[700..<800]))
        }
    }

    @Test("a flipped bit anywhere in the packed bytes is noticed")
    func flipped() throws {
        try Self.withPair { images, labels, data, _ in
            for place in stride(from: 12, to: data.count, by: 37) {
                var damaged = data
                damaged[place] ^= 0x04
                try damaged.write(to: images)
                let error = datasetError { _ = try IDXSource(pictures: images, labels: labels) }
                #expect(error?.kind == .damaged, "byte \(place)")
            }
        }
    }

    @Test("a file cut short is noticed", arguments: [0, 5, 17, 18, 100, 1000])
    func cut(length: Int) throws {
        try Self.withPair { images, labels, data, _ in
            try #require(length < data.count)
            try data.prefix(length).write(to: images)
            let error = datasetError { _ = try IDXSource(pictures: images, labels: labels) }
            #expect(error?.kind == .damaged)
            #expect(error?.place == images.path)
        }
    }
}
