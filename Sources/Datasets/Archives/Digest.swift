import Digests
import Foundation

/// A cryptographic checksum, as published beside a data set.
public enum Digest: Sendable, Equatable, CustomStringConvertible {
    /// MD5: against damage, not against forgery; what older data sets publish.
    case md5(String)
    /// A digest by SHA-256.
    case sha256(String)

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
    package func computed(of data: Data) -> Digest {
        switch self {
        case .md5: .md5(Hashing.sum(data, .md5))
        case .sha256: .sha256(Hashing.sum(data, .sha256))
        }
    }

    /// Whether some bytes have this digest.
    package func matches(_ data: Data) -> Bool { computed(of: data).value == value }
}
