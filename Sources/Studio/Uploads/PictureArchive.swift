import Foundation
import LibArchive

/// ZIP files of pictures.
enum PictureArchive {
    /// A ZIP file of files, stored as they are: pictures are compressed already.
    ///
    /// What is gone is named in a note within.
    ///
    /// - Throws: `APIError` where there is no memory.
    static func data(_ files: [(name: String, file: URL)]) throws -> Data {
        try data(of: files.map { ($0.name, { [file = $0.file] in try? Data(contentsOf: file) }) })
    }

    /// A ZIP file of what is read one after the other.
    ///
    /// - Throws: `APIError` where there is no memory.
    static func data(of files: [(name: String, read: () -> Data?)]) throws -> Data {
        let failure = APIError(
            status: .internalServerError,
            message: "the ZIP file could not be made",
            type: "server_error",
            code: "server_error"
        )
        guard let archive = archive_write_new() else { throw failure }
        defer { archive_write_free(archive) }
        let sink = Sink()
        archive_write_set_format_zip(archive)
        archive_write_zip_set_compression_store(archive)
        archive_write_set_bytes_in_last_block(archive, 1)
        let opened = archive_write_open(
            archive,
            Unmanaged.passUnretained(sink).toOpaque(),
            nil,
            { _, context, bytes, count in
                guard let context, let bytes else { return -1 }
                Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue().data
                    .append(bytes.assumingMemoryBound(to: UInt8.self), count: count)
                return count
            },
            nil
        )
        guard opened == ARCHIVE_OK else { throw failure }
        func add(_ name: String, _ data: Data) throws {
            guard let entry = archive_entry_new() else { throw failure }
            defer { archive_entry_free(entry) }
            archive_entry_set_pathname(entry, name)
            archive_entry_set_size(entry, Int64(data.count))
            archive_entry_set_filetype(entry, S_IFREG as mode_t)
            archive_entry_set_perm(entry, 0o644)
            archive_entry_set_mtime(entry, time(nil), 0)
            guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure }
            let written = data.withUnsafeBytes {
                archive_write_data(archive, $0.baseAddress, $0.count)
            }
            guard written == data.count else { throw failure }
        }
        var gone: [String] = []
        for (name, read) in files {
            if let data = read() {
                try add(name, data)
            } else {
                gone.append(name)
            }
        }
        if !gone.isEmpty {
            let note =
                "The files of \(gone.count) of \(files.count) pictures are not there any more:\n"
                + gone.map { "\($0)\n" }.joined()
            try add("missing.txt", Data(note.utf8))
        }
        guard archive_write_close(archive) == ARCHIVE_OK else { throw failure }
        return sink.data
    }

    /// What has been written.
    private final class Sink { var data = Data() }
}
