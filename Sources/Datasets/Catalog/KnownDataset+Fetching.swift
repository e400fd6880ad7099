import Foundation

extension KnownDataset {
    /// Fetches what is not there yet into a folder of its own, checks it and unpacks tar files.
    ///
    /// A file appears under its name only when it has the right checksum. What was fetched before
    /// is checked again and kept.
    ///
    /// - Parameters:
    ///   - parent: Where the set's folder is made.
    ///   - download: What fetches an address.
    ///   - notice: Told which file is fetched.
    /// - Returns: The folder of the set.
    /// - Throws: `DatasetError`: no network, a wrong checksum, no room.
    public func fetch(
        into parent: URL = CacheFolder.downloads(),
        using download: some Downloading = HTTPSDownload(),
        notice: @Sendable (String) -> Void = Notice.print
    ) async throws -> URL {
        let folder = parent.appending(path: name.rawValue, directoryHint: .isDirectory)
        for file in files {
            let target = folder.appending(path: file.name)
            if let data = try? Data(contentsOf: target, options: .mappedIfSafe) {
                if (try? file.check(data, place: target.path)) != nil { continue }
                notice("\(target.path) does not have its checksum and is fetched again")
            }
            let data = try await fetch(file, using: download, notice: notice)
            try StoredFile.write(data, to: target)
        }
        for file in files where file.name.hasSuffix(".tar.gz") {
            try Self.unpack(folder.appending(path: file.name), into: folder)
        }
        return folder
    }

    private func fetch(
        _ file: File,
        using download: some Downloading,
        notice: (String) -> Void
    ) async throws -> Data {
        var failures: [String] = []
        for address in file.addresses {
            guard let url = URL(string: address), url.scheme == "https" else {
                throw DatasetError(
                    .network,
                    at: address,
                    "is not an HTTPS address",
                    cure: "use one that is"
                )
            }
            notice("fetching \(address)")
            do {
                let data = try await download.data(from: url)
                try file.check(data, place: address)
                return data
            } catch {
                failures.append(String(describing: error))
            }
        }
        let manual = """
            check the network; or get \(file.name) on another machine and name its folder with \
            --data or ATELIER_DATA
            """
        throw DatasetError(
            .network,
            at: "data set '\(name.rawValue)'",
            "\(file.name) could not be fetched: \(failures.joined(separator: "; "))",
            cure: manual
        )
    }

    /// Unpacks the plain files of a tar file beside one another, whatever folders they are in.
    private static func unpack(_ file: URL, into folder: URL) throws {
        let cursor = try ArchiveCursor(file, format: .tar)
        while let entry = try cursor.next() {
            if let danger = entry.danger {
                throw DatasetError(
                    .unsafe,
                    at: "\(file.path):\(entry.path)",
                    danger,
                    cure: "fetch it again"
                )
            }
            let name = entry.path.split(separator: "/").last.map(String.init) ?? ""
            guard entry.kind == .file, name.hasSuffix(".bin") || name.hasSuffix(".txt") else {
                continue
            }
            let target = folder.appending(path: name)
            if let facts = FileFacts(target), facts.bytes == entry.bytes { continue }
            let data = try cursor.contents(of: entry, limit: 1 << 30)
            try StoredFile.write(data, to: target)
        }
    }
}

extension KnownDataset.File {
    /// Checks the bytes of this file.
    ///
    /// - Parameters:
    ///   - data: The file's bytes.
    ///   - place: Where they are from, for the message.
    /// - Throws: `DatasetError.checksum` with what was expected and found.
    public func check(_ data: Data, place: String) throws {
        let checked =
            scope == .unpacked && Gzip.isCompressed(data)
            ? try Gzip.unpacked(data, name: place, limit: 1 << 30) : data
        let found = digest.computed(of: checked)
        guard found == digest else {
            throw DatasetError(
                .checksum,
                at: place,
                "has \(found), expected \(digest)",
                cure: "it is damaged or another file; fetch it again"
            )
        }
    }
}
