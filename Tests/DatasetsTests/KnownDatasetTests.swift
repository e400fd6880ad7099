import Datasets
import Foundation
import Testing

@Suite("KnownDataset")
struct KnownDatasetTests {
    /// Answers from a folder instead of the network.
    struct LocalFiles: Downloading {
        let files: [String: Data]

        func data(from url: URL) async throws -> Data {
            guard let data = files[url.lastPathComponent] else {
                throw DatasetError(.network, at: url.absoluteString, "no network", cure: "")
            }
            return data
        }
    }

    private static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-datasets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    private static func set(
        _ address: String = "https://example.invalid/abc.bin",
        digest: Digest = .md5("900150983cd24fb0d6963f7d28e17f72")
    ) -> KnownDataset {
        KnownDataset(
            name: .mnist,
            files: [.init(name: "abc.bin", addresses: [address], digest: digest)],
            licence: "none"
        )
    }

    private static func failure(
        _ set: KnownDataset,
        _ files: [String: Data],
        _ folder: URL
    ) async -> DatasetError? {
        do {
            _ = try await set.fetch(
                into: folder,
                using: LocalFiles(files: files),
                notice: { _ in }
            )
            return nil
        } catch {
            return error as? DatasetError
        }
    }

    @Test("digests have the values of their standards")
    func digests() throws {
        let values: [(Digest, String)] = [
            (.md5("d41d8cd98f00b204e9800998ecf8427e"), ""),
            (.md5("900150983cd24fb0d6963f7d28e17f72"), "abc"),
            (.sha256("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), ""),
            (.sha256("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"), "abc"),
        ]
        for (digest, text) in values {
            #expect(digest.matches(Data(text.utf8)), "\(digest)")
            #expect(!digest.matches(Data((text + "x").utf8)))
        }
        let million = Data(repeating: 0x61, count: 1_000_000)
        #expect(
            Digest.sha256("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
                .matches(million)
        )
    }

    @Test("fetches, checks, keeps; fetches again only what is damaged")
    func fetches() async throws {
        try await Self.withFolder { parent in
            let set = Self.set()
            let folder = try await set.fetch(
                into: parent,
                using: LocalFiles(files: ["abc.bin": Data("abc".utf8)]),
                notice: { _ in }
            )
            let file = folder.appending(path: "abc.bin")
            #expect(folder.lastPathComponent == "mnist")
            #expect(try Data(contentsOf: file) == Data("abc".utf8))
            // Nothing to fetch from: what is there is enough.
            #expect(await Self.failure(set, [:], parent) == nil)
            try Data("abd".utf8).write(to: file)
            #expect(await Self.failure(set, [:], parent)?.kind == .network)
            #expect(await Self.failure(set, ["abc.bin": Data("abc".utf8)], parent) == nil)
            #expect(try Data(contentsOf: file) == Data("abc".utf8))
        }
    }

    @Test("refuses a wrong checksum and leaves nothing behind")
    func wrong() async throws {
        try await Self.withFolder { parent in
            let error = await Self.failure(Self.set(), ["abc.bin": Data("abd".utf8)], parent)
            let text = try #require(error?.description)
            #expect(text.contains("expected MD5 900150983cd24fb0d6963f7d28e17f72"))
            #expect(text.contains("--data"))
            let left = FileManager.default.enumerator(atPath: parent.path)?.allObjects ?? []
            #expect(left.allSatisfy { "\($0)" == "mnist" })
        }
    }

    @Test("without a network says so in one sentence, and refuses plain HTTP")
    func noNetwork() async throws {
        try await Self.withFolder { parent in
            let error = await Self.failure(Self.set(), [:], parent)
            #expect(error?.kind == .network && error?.message.contains("no network") == true)
            let plain = await Self.failure(
                Self.set("http://example.invalid/abc.bin"),
                ["abc.bin": Data("abc".utf8)],
                parent
            )
            #expect(plain?.message == "is not an HTTPS address")
        }
        // Nobody listens on port 9 of this machine.
        let url = try #require(URL(string: "https://127.0.0.1:9/file"))
        let error = await #expect(throws: DatasetError.self) {
            try await HTTPSDownload(timeout: 5).data(from: url)
        }
        #expect(error?.kind == .network && error?.place == url.absoluteString)
    }

    @Test("unpacks the files of a tar file beside one another")
    func unpacks() async throws {
        try await Self.withFolder { parent in
            let packed = parent.appending(path: "cifar-10-binary.tar.gz")
            let example = Data([7]) + Data(count: 3072)
            ZipWriter.write(
                [
                    .init(folder: "cifar-10-batches-bin/"),
                    .init("cifar-10-batches-bin/test_batch.bin", example),
                    .init("cifar-10-batches-bin/readme.html", Data("x".utf8)),
                ],
                to: packed,
                kind: .tarGzip
            )
            let data = try Data(contentsOf: packed)
            let digest = Digest.sha256("").computed(of: data)
            let set = KnownDataset(
                name: .cifar10,
                files: [
                    .init(
                        name: "cifar-10-binary.tar.gz",
                        addresses: ["https://example.invalid/cifar-10-binary.tar.gz"],
                        digest: digest
                    )
                ],
                licence: "none"
            )
            let files = LocalFiles(files: ["cifar-10-binary.tar.gz": data])
            let folder = try await set.fetch(into: parent, using: files, notice: { _ in })
            let source = try CIFARSource(folder: folder, variant: .ten, split: .test)
            #expect(source.labels == [7])
            #expect(
                !FileManager.default.fileExists(atPath: folder.appending(path: "readme.html").path)
            )
        }
    }

    @Test("refuses a tar file that leads out of its folder")
    func escaping() async throws {
        try await Self.withFolder { parent in
            let packed = parent.appending(path: "evil.tar.gz")
            ZipWriter.write(
                [.init("../../evil.bin", Data([1]))],
                to: packed,
                kind: .tarGzip
            )
            let data = try Data(contentsOf: packed)
            let set = KnownDataset(
                name: .cifar10,
                files: [
                    .init(
                        name: "evil.tar.gz",
                        addresses: ["https://example.invalid/evil.tar.gz"],
                        digest: Digest.md5("").computed(of: data)
                    )
                ],
                licence: "none"
            )
            let error = await Self.failure(set, ["evil.tar.gz": data], parent)
            #expect(error?.kind == .unsafe)
        }
    }

    @Test("every set that is fetched has HTTPS addresses and digests of the right length")
    func list() {
        #expect(
            KnownDataset.all.map(\.name) == [.mnist, .fashionMNIST, .kmnist, .cifar10, .cifar100]
        )
        for file in KnownDataset.all.flatMap(\.files) {
            #expect(
                file.addresses.allSatisfy { $0.hasPrefix("https://") && $0.hasSuffix(file.name) }
            )
            #expect("\(file.digest)".count == 4 + 32)
        }
    }

    @Test(
        "MNIST beside the repository has the checksums in the list",
        // Skipped where the data set is not beside the repository.
        .enabled(if: Samples.realData("mnist") != nil, "no mnist in ../shared/data")
    )
    func mnist() throws {
        let folder = try #require(Samples.realData("mnist"))
        let set = try #require(KnownDataset(.mnist))
        #expect(set.files.count == 4)
        for file in set.files {
            let url = folder.appending(path: file.name)
            try file.check(Data(contentsOf: url), place: url.path)
        }
    }
}
