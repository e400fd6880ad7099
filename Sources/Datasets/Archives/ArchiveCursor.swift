import Foundation
import LibArchive

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A place in an archive that moves forwards, entry by entry.
///
/// Unchecked because the library's handle is a bare pointer; a cursor is used by one thread at a
/// time: it leaves its pool before it is used and comes back afterwards.
final class ArchiveCursor: @unchecked Sendable {
    /// The ordinal of the next entry.
    private(set) var position = 0

    private let handle: OpaquePointer
    private let file: URL

    /// The formats that can be read.
    enum Format {
        /// Zip, by its central directory: sizes are known before anything is unpacked.
        case zip
        /// Tar, packed by gzip.
        case tar
    }

    init(_ file: URL, format: Format = .zip) throws {
        self.file = file
        guard let handle = archive_read_new() else {
            throw DatasetError(.damaged, at: file.path, "no memory to read it", cure: "")
        }
        self.handle = handle
        switch format {
        case .zip:
            archive_read_support_format_zip_seekable(handle)
        case .tar:
            archive_read_support_format_tar(handle)
            archive_read_support_filter_gzip(handle)
        }
        guard FileFacts(file)?.isFile == true else {
            throw DatasetError(
                .missing,
                at: file.path,
                "there is no such file",
                cure: "check the path"
            )
        }
        guard archive_read_open_filename(handle, file.path, 1 << 16) == ARCHIVE_OK else {
            throw failure()
        }
    }

    deinit { archive_read_free(handle) }

    /// The next entry, nil after the last.
    func next() throws -> ArchiveEntry? {
        var header: OpaquePointer?
        let status = TextLocale.withUnicode { archive_read_next_header(handle, &header) }
        if status == ARCHIVE_EOF { return nil }
        // A warning is about a name or a time stamp that could not be converted.
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let header else { throw failure() }
        defer { position += 1 }
        let type = archive_entry_filetype(header)
        let kind: ArchiveEntry.Kind =
            if archive_entry_symlink(header) != nil || archive_entry_hardlink(header) != nil {
                .link
            } else {
                switch mode_t(type) & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .folder
                case S_IFLNK: .link
                default: .other
                }
            }
        let path = TextLocale.withUnicode { Self.path(header) }
        return ArchiveEntry(
            ordinal: position,
            path: path.text,
            original: path.text,
            unknown: path.unknown,
            kind: kind,
            bytes: archive_entry_size_is_set(header) != 0
                ? Int(archive_entry_size(header)) : nil,
            isEncrypted: archive_entry_is_encrypted(header) != 0
        )
    }

    /// The bytes of the entry that `next` gave last.
    ///
    /// - Parameters:
    ///   - entry: What `next` gave.
    ///   - limit: How many bytes it may have at most: what the directory said.
    /// - Returns: All bytes.
    /// - Throws: `DatasetError` when it is damaged or larger than the directory said.
    func contents(of entry: ArchiveEntry, limit: Int) throws -> Data {
        let place = "\(file.path):\(entry.path)"
        let size = min(entry.bytes ?? 0, limit)
        var data = Data(count: size + 1)
        var filled = 0
        while filled <= size {
            let read = data.withUnsafeMutableBytes { buffer in
                archive_read_data(
                    handle,
                    buffer.baseAddress?.advanced(by: filled),
                    size + 1 - filled
                )
            }
            if read == 0 { break }
            guard read > 0 else {
                throw DatasetError(.damaged, at: place, message, cure: "make the archive again")
            }
            filled += read
        }
        guard filled == entry.bytes ?? 0 else {
            throw DatasetError(
                .damaged,
                at: place,
                "has \(filled > size ? "more than \(size)" : "\(filled)") bytes, the directory "
                    + "says \(entry.bytes ?? 0)",
                cure: "make the archive again"
            )
        }
        return data.prefix(filled)
    }

    private var message: String {
        archive_error_string(handle).map { String(cString: $0) } ?? "cannot be unpacked"
    }

    private func failure() -> DatasetError {
        DatasetError(
            .damaged,
            at: file.path,
            message,
            cure: "it must be a whole zip file; fetch, copy or make it again"
        )
    }

    private static func path(_ header: OpaquePointer) -> (text: String, unknown: [UInt8]?) {
        guard let name = archive_entry_pathname_utf8(header) ?? archive_entry_pathname(header)
        else {
            return ("", nil)
        }
        let bytes = UnsafeBufferPointer(start: name, count: strlen(name)).map {
            UInt8(bitPattern: $0)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return (EscapedName.text(bytes), bytes)
        }
        return (text.replacing("\\", with: "/"), nil)
    }
}
