import Datasets
import Foundation
import Testing

@Suite("IDXSource")
struct IDXSourceTests {
    @Test("reads pictures and labels, plain files")
    func plain() throws {
        try Samples.withFolder { folder in
            try Samples.writeIDX(in: folder, count: 12, side: 4)
            let source = try IDXSource(folder: folder, split: .train, name: "tiny")
            #expect(source.name == "tiny-train")
            #expect(source.count == 12)
            #expect(source.labels == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
            let second = try source.example(at: 1)
            #expect(second.picture.samples == (16..<32).map { UInt8($0 * 7) })
            #expect(second.picture.width == 4 && second.picture.channels == 1)
            #expect(second.identifier == "#1" && second.captions.first?.text == "1")
        }
    }

    @Test("counts a label out of range as a problem")
    func labelOutOfRange() throws {
        try Samples.withFolder { folder in
            let pictures = folder.appending(path: "p")
            let labels = folder.appending(path: "l")
            try Samples.idx([2, 1, 1], [1, 2]).write(to: pictures)
            try Samples.idx([2], [3, 11]).write(to: labels)
            let source = try IDXSource(pictures: pictures, labels: labels)
            #expect(source.problems.map(\.kind) == [.labelOutOfRange])
            #expect(source.problems.first?.identifier == "#1")
        }
    }

    @Test(
        "refuses damaged files by name",
        arguments: [
            (Data(), "too few"),
            (Data([0, 0, 8, 3, 0, 0]), "too few"),
            (Samples.idx([2], [1, 2]) + Data(count: 20), "expected 0 0 8 3"),
            (
                Data([0, 0, 13, 3]) + Samples.idx([1, 1, 1], [1]).dropFirst(4),
                "starts with 0 0 d 3"
            ),
            (Samples.idx([2, 2, 2], [1, 2, 3]), "holds 3 values, expected 2 x 2 x 2 = 8"),
            (Samples.idx([1, 1, 1], [1, 2, 3]), "holds 3 values"),
            (Samples.idx([0, 2, 2], []), "impossible"),
            (Samples.idx([4_000_000_000, 4_000_000_000, 4_000_000_000], [1]), "impossible"),
        ]
    )
    func damaged(data: Data, message: String) throws {
        try Samples.withFolder { folder in
            let pictures = folder.appending(path: "pictures")
            let labels = folder.appending(path: "labels")
            try data.write(to: pictures)
            try Samples.idx([2], [1, 2]).write(to: labels)
            let error = datasetError { _ = try IDXSource(pictures: pictures, labels: labels) }
            #expect(error?.kind == .damaged)
            #expect(error?.place == pictures.path)
            #expect(error?.message.contains(message) == true, "\(String(describing: error))")
        }
    }

    @Test("refuses pictures and labels of different number")
    func mismatched() throws {
        try Samples.withFolder { folder in
            let pictures = folder.appending(path: "p")
            let labels = folder.appending(path: "l")
            try Samples.idx([2, 1, 1], [1, 2]).write(to: pictures)
            try Samples.idx([3], [1, 2, 3]).write(to: labels)
            let error = datasetError { _ = try IDXSource(pictures: pictures, labels: labels) }
            #expect(error?.message.contains("3 labels for the 2 pictures") == true)
        }
    }

    @Test("names the files it looked for")
    func missing() throws {
        try Samples.withFolder { folder in
            let error = datasetError { _ = try IDXSource(folder: folder, split: .test) }
            #expect(error?.kind == .missing)
            #expect(error?.message.contains("t10k-images-idx3-ubyte.gz") == true)
        }
    }

    @Test(
        "reads MNIST: counts, labels and ink",
        // Skipped where the data set is not beside the repository.
        .enabled(if: Samples.realData("mnist") != nil, "no mnist in ../shared/data")
    )
    func mnist() throws {
        let folder = try #require(Samples.realData("mnist"))
        let train = try IDXSource(folder: folder, split: .train, name: "mnist")
        #expect(train.count == 60_000)
        let test = try IDXSource(folder: folder, split: .test, name: "mnist")
        #expect(test.count == 10_000)
        var histogram = [Int](repeating: 0, count: 10)
        for label in train.labels { histogram[label] += 1 }
        #expect(
            histogram == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
        )
        #expect(train.record(at: 0).label == 5 && test.record(at: 0).label == 7)
        let five = try train.picture(at: 0)
        #expect(five.width == 28 && five.height == 28)
        #expect(five.samples.reduce(0) { $0 + Int($1) } == 27_525)
    }
}
