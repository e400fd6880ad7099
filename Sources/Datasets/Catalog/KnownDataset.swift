import Foundation

/// A data set that can be fetched: its files, where they are, and the checksums they must have.
public struct KnownDataset: Sendable, Equatable {
    /// One file.
    public struct File: Sendable, Equatable {
        /// What a checksum is about.
        public enum Scope: Sendable, Equatable {
            /// The file as it is fetched.
            case packed
            /// What is inside the gzip file, however it was packed.
            case unpacked
        }

        /// The name it is kept under.
        public let name: String
        /// Where it can be fetched from, the first that works.
        public let addresses: [String]
        /// The checksum it must have.
        public let digest: Digest
        /// What the checksum is about.
        public let scope: Scope

        /// Describes a file.
        public init(name: String, addresses: [String], digest: Digest, scope: Scope = .packed) {
            self.name = name
            self.addresses = addresses
            self.digest = digest
            self.scope = scope
        }
    }

    /// Which set it is.
    public let name: DatasetName

    /// The files.
    public let files: [File]

    /// Who made it, and under which terms.
    public let licence: String

    /// Describes a set.
    public init(name: DatasetName, files: [File], licence: String) {
        self.name = name
        self.files = files
        self.licence = licence
    }
}
