import Foundation
import LibArchive

/// A cryptographic checksum, as published beside a data set.
///
/// libarchive computes it: its mtree writer lists files with their digests, through whichever
/// cryptographic library it was built with. That is one system library less, and fast enough for
/// what it is used for: checking what was just fetched.
public enum Digest: Sendable, Equatable, CustomStringConvertible {
    /// MD5: against damage, not against forgery; what older data sets publish.
    case md5(String)
    /// SHA-256.
    case sha256(String)

    /// libarchive's own number for a regular file.
    private static let regularFile: UInt32 = 0o100_000

    /// The name of the algorithm and the value.
    public var description: String { "\(algorithm.uppercased()) \(value)" }

    private var algorithm: String {
        switch self {
        case .md5: "md5"
        case .sha256: "sha256"
        }
    }

    private var value: String {
        switch self {
        case .md5(let value), .sha256(let value): value.lowercased()
        }
    }

    /// The digest of some bytes with the same algorithm.
    ///
    /// Throws: `DatasetError` when this build of libarchive has no such algorithm.
    package func computed(of data: Data) throws -> Digest {
        let unavailable = DatasetError(
            .checksum,
            at: "libarchive",
            "this build computes no \(algorithm) digests",
            cure: "install libarchive of the distribution"
        )
        guard let archive = archive_write_new(), let entry = archive_entry_new() else {
            throw unavailable
        }
        defer {
            archive_entry_free(entry)
            archive_write_free(archive)
        }
        var output = [UInt8](repeating: 0, count: 4096)
        var used = 0
        archive_entry_set_pathname(entry, "file")
        archive_entry_set_filetype(entry, Self.regularFile)
        archive_entry_set_size(entry, Int64(data.count))
        let key = algorithm == "md5" ? "md5digest=" : "sha256digest="
        let text: String? = output.withUnsafeMutableBytes { buffer in
            guard archive_write_set_format_mtree(archive) == ARCHIVE_OK,
                archive_write_set_options(archive, "!all,\(algorithm)") == ARCHIVE_OK,
                archive_write_open_memory(archive, buffer.baseAddress, buffer.count, &used)
                    == ARCHIVE_OK,
                archive_write_header(archive, entry) == ARCHIVE_OK
            else { return nil }
            let isWritten = data.withUnsafeBytes { bytes in
                var done = 0
                while done < bytes.count {
                    let written = archive_write_data(
                        archive,
                        bytes.baseAddress?.advanced(by: done),
                        bytes.count - done
                    )
                    guard written > 0 else { return false }
                    done += written
                }
                return true
            }
            guard isWritten, archive_write_close(archive) == ARCHIVE_OK else { return nil }
            return String(decoding: buffer[..<used], as: UTF8.self)
        }
        guard let text, let start = text.range(of: key)?.upperBound else { throw unavailable }
        let found = String(text[start...].prefix { $0.isHexDigit })
        return algorithm == "md5" ? .md5(found) : .sha256(found)
    }

    /// Whether some bytes have this digest.
    package func matches(_ data: Data) throws -> Bool {
        try computed(of: data).value == value
    }
}
