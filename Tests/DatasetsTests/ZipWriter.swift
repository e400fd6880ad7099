import Foundation
import LibArchive

/// Makes archives for tests, good ones and bad ones.
enum ZipWriter {
    /// One entry to be written.
    struct Entry {
        var path: String
        var data = Data()
        var link: String?
        var isFolder = false

        init(_ path: String, _ data: Data) {
            self.path = path
            self.data = data
        }

        init(folder path: String) {
            self.path = path
            isFolder = true
        }

        init(link path: String, to target: String) {
            self.path = path
            link = target
        }
    }

    /// The kinds of archive.
    enum Kind {
        case zip
        case tarGzip
        case gzip
    }

    private static let regular: UInt32 = 0o100_000
    private static let folder: UInt32 = 0o040_000
    private static let symbolic: UInt32 = 0o120_000

    /// Writes an archive; true when the library did all of it.
    @discardableResult
    static func write(_ entries: [Entry], to file: URL, kind: Kind = .zip) -> Bool {
        let archive = archive_write_new()
        defer { archive_write_free(archive) }
        switch kind {
        case .zip:
            archive_write_set_format_zip(archive)
            archive_write_set_options(archive, "hdrcharset=UTF-8")
        case .tarGzip:
            archive_write_set_format_pax_restricted(archive)
            archive_write_add_filter_gzip(archive)
        case .gzip:
            archive_write_set_format_raw(archive)
            archive_write_add_filter_gzip(archive)
        }
        guard archive_write_open_filename(archive, file.path) == ARCHIVE_OK else { return false }
        for item in entries {
            let entry = archive_entry_new()
            defer { archive_entry_free(entry) }
            archive_entry_set_pathname_utf8(entry, item.path)
            archive_entry_set_perm(entry, 0o644)
            archive_entry_set_mtime(entry, 1_000_000_000, 0)
            if let link = item.link {
                archive_entry_set_filetype(entry, symbolic)
                archive_entry_set_symlink(entry, link)
            } else {
                archive_entry_set_filetype(entry, item.isFolder ? folder : regular)
                archive_entry_set_size(entry, Int64(item.data.count))
            }
            guard archive_write_header(archive, entry) >= ARCHIVE_WARN else { return false }
            guard item.link == nil, !item.data.isEmpty else { continue }
            let written = item.data.withUnsafeBytes {
                archive_write_data(archive, $0.baseAddress, $0.count)
            }
            guard written == item.data.count else { return false }
        }
        return archive_write_close(archive) == ARCHIVE_OK
    }
}
