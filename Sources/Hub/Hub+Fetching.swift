import Digests
import Files
import Foundation

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension Hub {
    /// Fetches files of a state of a repository into the shared cache; what is there is not fetched again.
    ///
    /// A file appears under its name only when its checksum is right. What is cut off goes on where it ended.
    ///
    /// - Parameters:
    ///   - listing: What the repository has.
    ///   - paths: Which of its files.
    ///   - revision: What the state was asked for as.
    ///   - tell: Told how far each file is.
    /// - Returns: The folder with all of them.
    /// - Throws: `HubError`, or `FileError` where the disk refuses.
    public func fetch(
        _ listing: Listing,
        _ paths: [String],
        revision: String,
        tell: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> URL {
        let repository = listing.repository
        for path in paths {
            let place = "\(repository)/\(path)"
            let head = try await head(of: path, in: listing)
            let blob = cache.blob(repository, head.etag)
            try cache.make(blob.deletingLastPathComponent())
            if HubCache.bytes(of: blob) == nil {
                try await fetch(head, place, to: blob, listing, path, tell)
            }
            try cache.link(repository, commit: listing.commit, path: path, etag: head.etag)
            let bytes = HubCache.bytes(of: blob) ?? 0
            tell(Progress(path: path, done: bytes, all: bytes))
        }
        try cache.note(repository, revision: revision, commit: listing.commit)
        return cache.snapshot(repository, commit: listing.commit)
    }

    /// What a server says of a file.
    struct Head: Sendable, Equatable {
        /// What tells its content: its checksum.
        var etag: String
        /// Its bytes.
        var bytes: Int?
        /// Where it is to be had.
        var location: URL
    }

    /// Asks for a file's checksum, bytes and place.
    func head(of path: String, in listing: Listing) async throws -> Head {
        let place = "\(listing.repository)/\(path)"
        try checkOnline(place)
        var url = settings.endpoint.appending(
            path: "\(listing.repository)/resolve/\(listing.commit)/\(path)"
        )
        for _ in 0..<5 {
            let address = url
            let answer = try await patiently(place) { try await send(address, "HEAD") { _ in nil } }
            try refuse(answer, place)
            let next = answer.field("Location").flatMap {
                URL(string: $0, relativeTo: address)?.absoluteURL
            }
            let etag = (answer.field("X-Linked-Etag") ?? answer.field("ETag")).map(Self.plain)
            // A renamed repository is sent on within the server; contents lie elsewhere.
            if let next, isOwn(next), answer.field("X-Linked-Etag") == nil {
                url = next
                continue
            }
            guard let etag, Self.isChecksum(etag) else {
                throw HubError(
                    place,
                    "comes without a checksum",
                    cure: "fetch it from another endpoint"
                )
            }
            let bytes =
                answer.field("X-Linked-Size")
                ?? (next == nil ? answer.field("Content-Length") : nil)
            // What is no count of bytes tells nothing.
            let known = bytes.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
            return Head(etag: etag, bytes: known, location: next ?? address)
        }
        throw HubError(place, "is sent on again and again", cure: "try another endpoint")
    }

    private func fetch(
        _ first: Head,
        _ place: String,
        to blob: URL,
        _ listing: Listing,
        _ path: String,
        _ tell: @escaping @Sendable (Progress) -> Void
    ) async throws {
        let lock = cache.lock(listing.repository, first.etag)
        try cache.make(lock.deletingLastPathComponent())
        let claim = try FileClaim(of: lock, to: "fetch", blob)
        defer { withExtendedLifetime(claim) {} }
        let part = blob.deletingLastPathComponent().appending(path: "\(first.etag).atelier-part")
        var (head, mismatches, lastEnd) = (first, 0, -1)
        for turn in 0..<Self.tries * 4 {
            var offset = HubCache.bytes(of: part) ?? 0
            if turn > 0 {
                // Addresses of contents expire; and what is at a name may be another content by now.
                if offset <= lastEnd {
                    try await Task.sleep(for: .seconds(settings.pause * Double(min(turn, 8))))
                }
                head = try await self.head(of: path, in: listing)
                guard head.etag == first.etag else {
                    throw HubError(
                        place,
                        "was changed while it was fetched",
                        cure: "fetch it again, or name a commit with --revision"
                    )
                }
            }
            lastEnd = offset
            if let bytes = head.bytes, offset > bytes {
                try Self.cut(part)
                offset = 0
            }
            try checkRoom(for: (head.bytes ?? 0) - offset, place)
            if head.bytes == nil || offset < head.bytes ?? 0 {
                guard try await load(head, place, from: offset, to: part, path, tell) else {
                    continue
                }
            }
            let found = HubCache.bytes(of: part) ?? 0
            if let bytes = head.bytes, found < bytes { continue }
            if try Self.checksum(of: part, as: head.etag) == head.etag {
                try AtomicFile.synchronize(file: part)
                try AtomicFile.rename(part, to: blob)
                return
            }
            try Self.cut(part)
            mismatches += 1
            guard mismatches < 2 else {
                throw HubError(
                    place,
                    "has another checksum than the server says, \(head.etag), twice",
                    cure: "try later, or another endpoint; nothing of it was kept"
                )
            }
        }
        throw HubError(
            place,
            "was cut off \(Self.tries * 4) times",
            cure: "fetch it again: what is there is kept, and it goes on"
        )
    }

    /// Loads what follows an offset; false where it has to be tried again.
    private func load(
        _ head: Head,
        _ place: String,
        from offset: Int,
        to part: URL,
        _ path: String,
        _ tell: @escaping @Sendable (Progress) -> Void
    ) async throws -> Bool {
        let file = try HubPart(part, limit: head.bytes, place: place)
        do {
            let answer = try await send(head.location, "GET", from: offset) { answer in
                switch answer.statusCode {
                case 200: try file.begin(at: 0)
                case 206 where answer.field("Content-Range")?.hasPrefix("bytes \(offset)-") == true:
                    try file.begin(at: offset)
                default: return nil
                }
                return { piece in
                    try file.write(piece)
                    tell(Progress(path: path, done: file.end, all: head.bytes))
                }
            }
            switch answer.statusCode {
            case 200, 206: return true
            case 416:
                // All of it is there already, or what is there is of something else.
                if offset != head.bytes { try Self.cut(part) }
                return offset == head.bytes
            case 401, 403, 408, 429, 500...599, 300...399: return false
            default:
                try refuse(answer, place)
                return false
            }
        } catch let error as FileError where [ENOSPC, EDQUOT].contains(error.code) {
            throw HubError(
                place,
                "cannot be written: the disk of \(cache.root.path) is full",
                cure: "make room, or name another folder with HF_HUB_CACHE; what is there is kept"
            )
        } catch let error as URLError where error.code != .cancelled {
            return false
        }
    }

    /// Refuses what the disk has no room for.
    private func checkRoom(for bytes: Int, _ place: String) throws {
        let facts = try? FileManager.default.attributesOfFileSystem(forPath: cache.root.path)
        guard let free = facts?[.systemFreeSize] as? Int, bytes > free - (64 << 20) else { return }
        throw HubError(
            place,
            "needs \(bytes >> 20) MiB more, and the disk of \(cache.root.path) has \(free >> 20)",
            cure: "make room, or name another folder with HF_HUB_CACHE"
        )
    }

    private static func cut(_ file: URL) throws {
        try Descriptor(file.path, flags: O_WRONLY).truncate(to: 0)
    }

    /// The checksum of a file in the form of another: of its content, or of it as Git sums it up.
    static func checksum(of file: URL, as etag: String) throws -> String {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let isGit = etag.utf8.count == 40
        let hashing = Hashing(isGit ? .sha1 : .sha256)
        if isGit { hashing.update(Data("blob \(HubCache.bytes(of: file) ?? 0)\0".utf8)) }
        while let piece = try handle.read(upToCount: 4 << 20), !piece.isEmpty {
            hashing.update(piece)
        }
        return hashing.finished()
    }

    /// A tag without its marks.
    private static func plain(_ tag: String) -> String {
        let strong = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
        return strong.trimmingCharacters(in: CharacterSet(charactersIn: "\"")).lowercased()
    }

    private static func isChecksum(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.allSatisfy { $0.isHexDigit && $0.isASCII }
    }
}
