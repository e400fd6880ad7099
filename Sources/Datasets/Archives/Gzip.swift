import Foundation
import LibArchive

/// Unpacks gzip files whole, into memory, through libarchive.
enum Gzip {
    /// True when the bytes start like a gzip file.
    static func isCompressed(_ data: Data) -> Bool {
        data.starts(with: [0x1F, 0x8B])
    }

    /// The bytes of a file, unpacked where it is a gzip file.
    ///
    /// - Parameters:
    ///   - file: The file, packed or plain.
    ///   - limit: The most bytes to unpack: a small file may claim to hold terabytes.
    /// - Returns: The bytes.
    /// - Throws: `DatasetError` that names the file.
    static func contents(of file: URL, limit: Int) throws -> Data {
        let data: Data
        do {
            data = try Data(contentsOf: file, options: .mappedIfSafe)
        } catch {
            throw DatasetError(
                .missing,
                at: file.path,
                "cannot be read: \(error.localizedDescription)",
                cure: "check that the file exists and that you may read it"
            )
        }
        return isCompressed(data) ? try unpacked(data, name: file.path, limit: limit) : data
    }

    /// The first of the unpacked bytes: as many as are asked for, or as there are.
    ///
    /// - Throws: `DatasetError` where they are damaged.
    static func beginning(of data: Data, name: String, count: Int) throws -> Data {
        try read(data, name: name, most: count).prefix(count)
    }

    /// The unpacked bytes.
    ///
    /// - Throws: `DatasetError` when they are damaged, cut short or more than the limit.
    static func unpacked(_ data: Data, name: String, limit: Int) throws -> Data {
        let cure = "fetch or copy the file again"
        guard data.count >= 18 else {
            throw DatasetError(
                .damaged,
                at: name,
                "a gzip file of \(data.count) bytes is cut short",
                cure: cure
            )
        }
        let result = try read(data, name: name, most: limit)
        guard result.count <= limit else {
            throw DatasetError(
                .damaged,
                at: name,
                "unpacks to more than the \(limit) bytes it may hold",
                cure: cure
            )
        }
        let trailer = data.suffix(8).map { UInt32($0) }
        let checksum = trailer[0] | trailer[1] << 8 | trailer[2] << 16 | trailer[3] << 24
        let size = trailer[4] | trailer[5] << 8 | trailer[6] << 16 | trailer[7] << 24
        let found = result.withUnsafeBytes { CRC32.checksum($0) }
        guard size == UInt32(truncatingIfNeeded: result.count), checksum == found else {
            throw DatasetError(
                .damaged,
                at: name,
                "the gzip trailer says \(size) bytes with CRC \(hex(checksum)), unpacked are "
                    + "\(result.count) bytes with CRC \(hex(found))",
                cure: cure + ", or unpack it with gunzip if it is made of several parts"
            )
        }
        return result
    }

    /// Unpacks until there are more bytes than so many, or all.
    private static func read(_ data: Data, name: String, most: Int) throws -> Data {
        let archive = archive_read_new()
        defer { archive_read_free(archive) }
        archive_read_support_filter_gzip(archive)
        archive_read_support_format_raw(archive)
        var result = Data()
        let failure: String? = data.withUnsafeBytes { input in
            var entry: OpaquePointer?
            guard
                archive_read_open_memory(archive, input.baseAddress, input.count) == ARCHIVE_OK
            else { return message(archive) }
            let opened = archive_read_next_header(archive, &entry)
            if opened == ARCHIVE_EOF { return nil }
            guard opened == ARCHIVE_OK else { return message(archive) }
            // One byte more than wanted tells that there is more.
            var buffer = [UInt8](repeating: 0, count: min(most, 1 << 18) + 1)
            while result.count <= most {
                let read = archive_read_data(archive, &buffer, buffer.count)
                if read == 0 { return nil }
                guard read > 0 else { return message(archive) }
                result.append(contentsOf: buffer[..<read])
            }
            return nil
        }
        if let failure {
            throw DatasetError(.damaged, at: name, failure, cure: "fetch or copy the file again")
        }
        return result
    }

    private static func message(_ archive: OpaquePointer?) -> String {
        archive_error_string(archive).map { String(cString: $0) } ?? "cannot be unpacked"
    }

    private static func hex(_ value: UInt32) -> String { String(value, radix: 16) }
}
