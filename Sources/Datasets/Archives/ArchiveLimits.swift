/// What an archive may hold, checked from its directory before anything is unpacked.
public struct ArchiveLimits: Sendable, Equatable {
    /// The most entries.
    public var maximumEntries = 2_000_000

    /// The most bytes of one entry, unpacked.
    public var maximumEntryBytes = 256 << 20

    /// The most bytes of all entries together, unpacked.
    public var maximumTotalBytes = 1 << 40

    /// How many times larger than the archive its entries may be together.
    public var maximumRatio = 100

    /// Makes the standard limits, to be changed one by one.
    public init() {}

    /// Limits for an archive of the user's own.
    public static let standard = ArchiveLimits()

    /// Limits for an archive from a stranger.
    public static let upload: ArchiveLimits = {
        var limits = ArchiveLimits()
        limits.maximumEntries = 10_000
        limits.maximumEntryBytes = 50 << 20
        limits.maximumTotalBytes = 2 << 30
        return limits
    }()
}
