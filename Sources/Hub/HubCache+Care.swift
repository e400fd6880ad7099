import Files
import Foundation

extension HubCache {
    /// What a look at a state's files found.
    public struct Verdict: Codable, Sendable, Equatable {
        /// Files that were summed up.
        public var checked = 0
        /// Those whose content is not what it was.
        public var damaged: [String] = []
    }

    /// Sums up all files of a state and compares them with the checksums that they are kept under.
    ///
    /// - Parameter snapshot: The state's folder.
    /// - Returns: What was found; nothing for a folder that is of no such cache.
    /// - Throws: An error of the file system where a content cannot be read.
    public static func damaged(in snapshot: URL) throws -> Verdict? {
        guard snapshot.deletingLastPathComponent().lastPathComponent == "snapshots",
            let walk = FileManager.default.enumerator(atPath: snapshot.path)
        else { return nil }
        var verdict = Verdict()
        for case let path as String in walk {
            let link = snapshot.appending(path: path)
            guard
                let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link.path)
            else { continue }
            let etag = target.split(separator: "/").last.map(String.init) ?? ""
            guard [40, 64].contains(etag.utf8.count) else { continue }
            verdict.checked += 1
            let blob = link.resolvingSymlinksInPath()
            guard HubCache.bytes(of: blob) != nil, try Hub.checksum(of: blob, as: etag) == etag
            else {
                verdict.damaged.append(path)
                continue
            }
        }
        verdict.damaged.sort()
        return verdict
    }

    /// Whether a path leads to the state of a repository in such a cache.
    public static func holds(_ path: String) -> Bool {
        let place = URL(filePath: path).resolvingSymlinksInPath()
        return place.deletingLastPathComponent().lastPathComponent == "snapshots"
    }

    /// Removes contents that were begun here and that nobody fetches now.
    ///
    /// - Returns: Bytes that are free again.
    /// - Throws: An error of the file system where one cannot be removed.
    public func prune() throws -> Int {
        var freed = 0
        let manager = FileManager.default
        for repository in (try? manager.contentsOfDirectory(atPath: root.path)) ?? [] {
            let blobs = root.appending(path: "\(repository)/blobs", directoryHint: .isDirectory)
            for name in (try? manager.contentsOfDirectory(atPath: blobs.path)) ?? []
            where name.hasSuffix(".atelier-part") {
                let lock = root.appending(
                    path: ".locks/\(repository)/\(name.dropLast(".atelier-part".count)).atelier"
                )
                guard let claim = try? FileClaim(lock) else { continue }
                defer { withExtendedLifetime(claim) {} }
                let file = blobs.appending(path: name)
                freed += HubCache.bytes(of: file) ?? 0
                try manager.removeItem(at: file)
            }
        }
        return freed
    }
}
