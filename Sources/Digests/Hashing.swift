import Foundation
import LibGLib

/// A cryptographic checksum of bytes that arrive one after the other, computed by GLib, which libvips brings.
public final class Hashing {
    /// How bytes are summed up.
    public enum Algorithm: Sendable {
        /// Against damage, not against forgery.
        case md5
        /// What Git names contents by; not against forgery.
        case sha1
        /// Of 256 bits, from the second family of secure hash algorithms.
        case sha256
    }

    private let checksum: OpaquePointer

    /// Nothing summed up yet.
    public init(_ algorithm: Algorithm) {
        let kind =
            switch algorithm {
            case .md5: G_CHECKSUM_MD5
            case .sha1: G_CHECKSUM_SHA1
            case .sha256: G_CHECKSUM_SHA256
            }
        guard let checksum = g_checksum_new(kind) else { fatalError("GLib has no \(algorithm)") }
        self.checksum = checksum
    }

    deinit { g_checksum_free(checksum) }

    /// Adds bytes.
    public func update(_ data: Data) {
        data.withUnsafeBytes { bytes in
            guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            g_checksum_update(checksum, start, bytes.count)
        }
    }

    /// The checksum of all that was added, in lower-case hexadecimal digits; nothing can be added after it.
    public func finished() -> String { String(cString: g_checksum_get_string(checksum)) }

    /// The checksum of some bytes, in lower-case hexadecimal digits.
    public static func sum(_ data: Data, _ algorithm: Algorithm) -> String {
        let hashing = Hashing(algorithm)
        hashing.update(data)
        return hashing.finished()
    }
}
