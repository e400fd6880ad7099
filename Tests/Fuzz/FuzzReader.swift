import Foundation

/// Something that reads what strangers made.
struct FuzzReader {
    /// Its name in tables.
    let name: String
    /// What inputs are made of.
    let mutation: Mutation
    /// Puts checksums right again, so that changes get past them.
    let repair: (inout [UInt8]) -> Void
    /// Reads an input; errors are what it is for.
    let read: ([UInt8]) throws -> Void

    init(
        _ name: String,
        _ corpus: [[UInt8]],
        words: [String] = [],
        limit: Int = 8192,
        repair: @escaping (inout [UInt8]) -> Void = { _ in },
        read: @escaping ([UInt8]) throws -> Void
    ) {
        self.name = name
        mutation = Mutation(corpus: corpus, dictionary: words.map { Array($0.utf8) }, limit: limit)
        (self.repair, self.read) = (repair, read)
    }

    /// The input of a number.
    func input(_ number: Int, seed: UInt64) -> [UInt8] {
        var chance = FuzzChance(name, seed: seed, number: number)
        var bytes = mutation.input(&chance)
        if chance.below(4) > 0 { repair(&bytes) }
        return bytes
    }
}

/// A place for files that readers want, on no disk where there is such a place.
struct FuzzPlace {
    let folder: URL

    init() throws {
        let memory = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
        let base =
            FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
        folder = base.appending(path: "atelier-fuzz-\(getpid())", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Puts bytes into a file.
    func file(_ name: String, _ bytes: [UInt8]) throws -> URL {
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return url
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }
}
