import Foundation
import Synchronization

/// A zip file whose directory has been read and found safe; its entries can be read in any order.
///
/// The library reads forwards only. A few cursors are kept, and the one that is closest before an
/// entry is moved up to it: reading in order, from several threads too, costs no second pass.
final class ArchiveFile: Sendable {
    let file: URL

    /// The entries in the order in which they lie in the file.
    let entries: [ArchiveEntry]

    /// The encoding that names were read in where nothing says which it is.
    let guesses: [Finding]

    private let cursors = Mutex<[ArchiveCursor]>([])
    private let limits: ArchiveLimits

    private static let mostCursors = 8

    /// Reads the directory.
    ///
    /// - Throws: `DatasetError` when it is damaged, or `.unsafe` when an entry must not be unpacked.
    init(_ file: URL, limits: ArchiveLimits) throws {
        self.file = file
        self.limits = limits
        let cursor = try ArchiveCursor(file)
        var entries: [ArchiveEntry] = []
        var total = 0
        let packed = max(FileFacts(file)?.bytes ?? 0, 1)
        func refuse(_ what: String, _ place: String? = nil) -> DatasetError {
            DatasetError(
                .unsafe,
                at: place.map { "\(file.path):\($0)" } ?? file.path,
                what,
                cure: "make a zip file that holds pictures and folders only"
            )
        }
        while let entry = try cursor.next() {
            let bytes = entry.bytes ?? 0
            guard bytes >= 0, bytes <= limits.maximumEntryBytes else {
                throw refuse(
                    "has \(bytes) bytes, at most \(limits.maximumEntryBytes) are read",
                    entry.path
                )
            }
            total += bytes
            guard total <= limits.maximumTotalBytes else {
                throw refuse("unpacks to more than \(limits.maximumTotalBytes) bytes")
            }
            guard total / packed <= limits.maximumRatio else {
                throw refuse(
                    "unpacks to more than \(limits.maximumRatio) times its \(packed) bytes"
                )
            }
            guard entries.count < limits.maximumEntries else {
                throw refuse("has more than \(limits.maximumEntries) entries")
            }
            entries.append(entry)
        }
        guesses = Self.rename(&entries, file)
        for entry in entries {
            if let danger = entry.danger { throw refuse(danger, entry.path) }
        }
        self.entries = entries
    }

    /// Reads names that do not say what they are in the one encoding that fits all of them best.
    ///
    /// UTF-8 does where it fits all of them; what else they may be is told.
    private static func rename(_ entries: inout [ArchiveEntry], _ file: URL) -> [Finding] {
        let unknown = entries.compactMap(\.unknown)
        let isWide = entries.contains { $0.unknown == nil && $0.path.utf8.contains { $0 >= 0x80 } }
        let unstated = isWide ? ZipNames.unstated(file) ?? [] : []
        let loose = unstated.filter { String(validating: $0, as: UTF8.self) != nil }
        guard !unknown.isEmpty else {
            guard let other = NameEncoding.alternative(Array(loose)),
                let first = loose.min(by: { $0.lexicographicallyPrecedes($1) })
            else { return [] }
            let text = String(decoding: first, as: UTF8.self)
            return [
                Finding(
                    .guessedNames,
                    text,
                    "\(loose.count) names do not say what they are; read as UTF-8, a guess: in \(other.title) this one is"
                        + " '\(other.text(first) ?? text)'; if that is right, make the archive with names in UTF-8"
                )
            ]
        }
        let encoding = NameEncoding.guess(unknown + loose)
        var renamed: [String] = []
        for index in entries.indices {
            let bytes = entries[index].unknown ?? Array(entries[index].path.utf8)
            guard entries[index].unknown != nil || loose.contains(bytes),
                let text = encoding.text(bytes)
            else { continue }
            entries[index].path = text.replacing("\\", with: "/")
            renamed.append(entries[index].path)
        }
        return [
            Finding(
                .guessedNames,
                renamed.first ?? "",
                "\(unknown.count + loose.count) names are not UTF-8 and do not say what they are; read as"
                    + " \(encoding.title), a guess: if they look wrong, make the archive with names in"
                    + " UTF-8"
            )
        ]
    }

    /// The bytes of an entry.
    func contents(of entry: ArchiveEntry) throws -> Data {
        let cursor = try taken(before: entry.ordinal)
        while let found = try cursor.next() {
            guard found.ordinal == entry.ordinal else { continue }
            guard found.isSame(as: entry) else { break }
            let data = try cursor.contents(of: found, limit: limits.maximumEntryBytes)
            give(cursor)
            return data
        }
        throw DatasetError(
            .damaged,
            at: "\(file.path):\(entry.path)",
            "is no longer where it was",
            cure: "leave the archive alone while it is read; start again"
        )
    }

    private func taken(before ordinal: Int) throws -> ArchiveCursor {
        let found = cursors.withLock { pool -> ArchiveCursor? in
            let best = pool.indices.filter { pool[$0].position <= ordinal }
                .max { pool[$0].position < pool[$1].position }
            return best.map { pool.remove(at: $0) }
        }
        return try found ?? ArchiveCursor(file)
    }

    private func give(_ cursor: ArchiveCursor) {
        cursors.withLock { pool in
            pool.append(cursor)
            if pool.count > Self.mostCursors { pool.removeFirst() }
        }
    }
}
