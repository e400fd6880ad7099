import Datasets
import Foundation
import Testing

@Suite("DatasetCatalog")
struct DatasetCatalogTests {
    private static func catalog(
        _ folder: URL,
        data: URL? = nil
    ) -> DatasetCatalog {
        var environment = ["ATELIER_CACHE": folder.appending(path: "cache").path]
        if let data { environment["ATELIER_DATA"] = data.path }
        return DatasetCatalog(environment: environment, current: folder)
    }

    private static func writeSet(_ path: String, in folder: URL, count: Int = 3) throws {
        let place = folder.appending(path: path)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Samples.writeIDX(in: place, count: count, side: 2)
    }

    @Test("finds a set by its name where it may be", arguments: ["data", "cache/datasets"])
    func places(parent: String) throws {
        try Samples.withFolder { folder in
            try Self.writeSet("\(parent)/fashion-mnist", in: folder)
            let source = try Self.catalog(folder).open("fashion-mnist")
            #expect(source.count == 3 && source.name == "fashion-mnist-train")
            #expect(source.classNames.last == "Ankle boot")
            let error = datasetError { _ = try Self.catalog(folder).open("mnist") }
            #expect(error?.kind == .missing)
        }
    }

    @Test("a path comes before ATELIER_DATA, that before the cache")
    func precedence() throws {
        try Samples.withFolder { folder in
            try Self.writeSet("given", in: folder, count: 1)
            try Self.writeSet("named/mnist", in: folder, count: 2)
            try Self.writeSet("cache/datasets/mnist", in: folder, count: 3)
            let catalog = Self.catalog(folder, data: folder.appending(path: "named"))
            #expect(try catalog.open("mnist", path: "given").count == 1)
            #expect(try catalog.open("mnist").count == 2)
            #expect(try Self.catalog(folder).open("mnist").count == 3)
        }
    }

    @Test("an absent set names every place and the cure")
    func missing() throws {
        try Samples.withFolder { folder in
            let catalog = Self.catalog(folder, data: folder.appending(path: "named"))
            let error = datasetError { _ = try catalog.open("cifar10") }
            let text = try #require(error?.description)
            for place in catalog.places(for: .cifar10) { #expect(text.contains(place.path)) }
            #expect(text.contains("named/cifar10") && text.contains("cache/datasets/cifar10"))
            #expect(text.contains("--data") && text.contains("atelier data fetch cifar10"))
            let unknown = datasetError { _ = try catalog.open("imagenet") }
            #expect(unknown?.kind == .request && unknown?.cure.contains("fashion-mnist") == true)
            #expect(datasetError { _ = try catalog.open("", path: "nothing") }?.kind == .missing)
            let untold = datasetError { _ = try Self.catalog(folder).open("folder") }
            #expect(untold?.kind == .request)
        }
    }

    @Test("a set that is there but damaged is an error, not absent")
    func damaged() throws {
        try Samples.withFolder { folder in
            try Self.writeSet("data/mnist", in: folder)
            try Data([1]).write(to: folder.appending(path: "data/mnist/train-labels-idx1-ubyte"))
            let error = datasetError { _ = try Self.catalog(folder).open("mnist") }
            #expect(error?.kind == .damaged)
        }
    }

    @Test("goes by the path alone, and holds out a part where there is no test split")
    func anything() throws {
        try Samples.withFolder { folder in
            let catalog = Self.catalog(folder)
            try Self.writeSet("digits", in: folder)
            #expect(try catalog.open("", path: "digits").count == 3)
            try Samples.writePictures(
                (0..<50).map { "own/\($0).png" },
                in: folder
            )
            let train = try catalog.open("", path: "own")
            let test = try catalog.open("folder", path: "own", split: .test)
            #expect(train.count + test.count == 50 && test.count > 0)
            let zip = folder.appending(path: "own.zip")
            let entries = try (0..<50).map { number in
                ZipWriter.Entry(
                    "\(number).png",
                    try Data(contentsOf: folder.appending(path: "own/\(number).png"))
                )
            }
            ZipWriter.write(entries, to: zip)
            #expect(try catalog.open("zip", path: "own.zip").count == train.count)
            #expect(try catalog.open("", path: zip.path, split: .test).count == test.count)
        }
    }

    @Test(
        "finds the real sets in one folder",
        // Skipped where the data is not beside the repository.
        .enabled(if: Samples.realData("mnist") != nil && Samples.realData("cifar10.zip") != nil)
    )
    func real() throws {
        let data = try #require(Samples.realData("mnist")).deletingLastPathComponent()
        try Samples.withFolder { folder in
            let catalog = Self.catalog(folder, data: data)
            let mnist = try catalog.open("mnist", split: .test)
            #expect(mnist.count == 10_000)
            let cifar10 = try catalog.open("cifar10", split: .test)
            #expect(cifar10.count == 10_000)
        }
    }
}
