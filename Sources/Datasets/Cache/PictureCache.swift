import Checks
import Files
import Foundation
import Imaging

/// The pictures of a source, decoded once into one file that is checked and mapped into memory.
///
/// A file that is damaged, or no longer fits its source, is made again with a notice. Two processes
/// may open the same cache at once: one makes it, the other waits.
public final class PictureCache: Sendable {
    /// The name of the source.
    public let name: String

    /// Where the file is.
    public let file: URL

    /// How the pictures were made.
    public let options: CacheOptions

    /// How many pictures there are.
    public let count: Int

    /// The class names; a label is an index into them.
    public let classNames: [String]

    /// The classes, −1 where there is none.
    ///
    /// Shape: [count].
    public let labels: [Int]

    /// Properties or measurements of each picture, one after the other; empty where there are none.
    ///
    /// Shape: [count, valueCount].
    public let values: [Float]

    /// How many properties or measurements a picture has.
    public let valueCount: Int

    /// The pictures of the source that were left out, and why.
    public let skipped: [Finding]

    /// True when this call made the file, false when it was there.
    public let wasMade: Bool

    private let mapped: Data
    private let header: CacheHeader

    /// Opens the cache of a source, making it first where needed.
    ///
    /// - Parameters:
    ///   - source: The pictures.
    ///   - options: Size, channels, fit, and what to do about damaged pictures.
    ///   - folder: Where caches are kept.
    ///   - notice: Told what a person should know: what is left out of the set, that pictures are
    ///     decoded, and why again.
    ///   - progress: Told how many pictures of how many are decoded.
    /// - Returns: The cache, verified.
    /// - Throws: `DatasetError` or `ImagingError`: the source is empty, a picture is damaged and
    ///   the options say stop, or the file cannot be written.
    public static func open(
        _ source: some PictureSource,
        options: CacheOptions,
        folder: URL = CacheFolder.pictures(),
        notice: @Sendable (String) -> Void = Notice.print,
        progress: (@Sendable (Int, Int) -> Void)? = nil
    ) throws -> PictureCache {
        try options.validate()
        guard source.count > 0 else {
            throw DatasetError(
                .missing,
                at: source.name,
                "the set has no pictures",
                cure:
                    "check the path, the split and the file types (PNG, JPEG, WebP, TIFF, GIF, HEIC, AVIF, JPEG XL, BMP)"
            )
        }
        for line in Finding.lines(source.problems) { notice("\(source.name): \(line)") }
        let unread = PictureFormat.allCases.filter { !$0.isReadable }
        let key = CacheHeader.Key(
            origin: source.origin,
            options: options,
            codeVersion: CacheHeader.codeVersion,
            unread: unread.isEmpty ? nil : unread,
            depth: source.depth == .eight ? nil : source.depth
        )
        let file = folder.appending(path: fileName(source, options))
        do {
            return try PictureCache(file, key: key, wasMade: false)
        } catch is CacheDefect {}
        let claim = file.appendingPathExtension("lock")
        let lock = FileClaim(waitingFor: claim) {
            notice("waiting for \(FileClaim.holder(of: claim)), which decodes \(source.name)")
        }
        defer { withExtendedLifetime(lock) {} }
        do {
            return try PictureCache(file, key: key, wasMade: false)
        } catch let defect as CacheDefect {
            if FileFacts(file) != nil {
                notice("the decoded pictures in \(file.path) are made again: \(defect)")
            }
        }
        notice(
            "decoding \(source.count) pictures of \(source.name) to "
                + "\(options.width) x \(options.height) x \(options.channels)"
                + (source.depth == .eight ? "" : ", \(source.depth.rawValue) bits")
        )
        try CacheWriter(source: source, key: key, file: file).write(
            notice: notice,
            progress: progress
        )
        do {
            return try PictureCache(file, key: key, wasMade: true)
        } catch let defect as CacheDefect {
            throw DatasetError(
                .damaged,
                at: file.path,
                "just written, but \(defect)",
                cure: "check the disk, or set ATELIER_CACHE to a folder on another one"
            )
        }
    }

    private init(_ file: URL, key: CacheHeader.Key, wasMade: Bool) throws {
        guard let data = try? Data(contentsOf: file, options: .alwaysMapped) else {
            throw CacheDefect("there is none")
        }
        let header = try CacheHeader.verified(data)
        guard header.key == key else {
            throw CacheDefect("the files it was made from have changed")
        }
        self.file = file
        self.header = header
        self.wasMade = wasMade
        mapped = data
        name = header.name
        options = header.key.options
        count = header.count
        classNames = header.classNames
        skipped = header.skipped
        values = try PictureCache.values(data, header, file: file)
        valueCount = values.count / max(header.count, 1)
        labels = data.withUnsafeBytes { bytes in
            (0..<header.count).map {
                Int(bytes.load(fromByteOffset: header.labelOffset + 4 * $0, as: Int32.self))
            }
        }
    }

    /// What tells these pictures, and what is said of them, from all others, in hexadecimal.
    public var contents: String {
        String(header.pixelHash, radix: 16) + String(header.tableHash, radix: 16)
    }

    /// The width of every picture.
    public var width: Int { options.width }

    /// The height of every picture.
    public var height: Int { options.height }

    /// The channels of every picture.
    public var channels: Int { options.channels }

    /// How many bits a sample has.
    public var depth: SampleDepth { header.key.depth ?? .eight }

    /// How many bytes a picture takes.
    public var bytesPerPicture: Int { header.key.bytesPerPicture }

    /// Lends the samples of a picture; those of sixteen bits lie in the processor's order.
    ///
    /// Shape: [height, width, channels].
    /// - Precondition: `index` is in `0..<count`; the pointer does not leave the closure.
    public func withPixels<Result>(
        at index: Int,
        _ body: (UnsafeRawPointer) throws -> Result
    ) rethrows -> Result {
        precondition((0..<count).contains(index), "picture \(index) of \(count)")
        return try mapped.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { preconditionFailure("an empty cache") }
            return try body(base + CacheHeader.pixelOffset + index * bytesPerPicture)
        }
    }

    /// A picture of its own.
    ///
    /// - Precondition: `index` is in `0..<count`.
    public func picture(at index: Int) -> Picture {
        let samples = withPixels(at: index) {
            [UInt8](UnsafeRawBufferPointer(start: $0, count: bytesPerPicture))
        }
        return Picture(
            width: width,
            height: height,
            channels: channels,
            depth: depth,
            samples: samples
        )
    }

    /// What is known about a picture.
    ///
    /// - Precondition: `index` is in `0..<count`.
    /// - Throws: `DatasetError` when the record cannot be read.
    public func record(at index: Int) throws -> ExampleRecord {
        precondition((0..<count).contains(index), "record \(index) of \(count)")
        return try PictureCache.record(index, mapped, header, file: file)
    }

    /// The values of all records, where the first one has any.
    private static func values(
        _ mapped: Data,
        _ header: CacheHeader,
        file: URL
    ) throws -> [Float] {
        let width = try record(0, mapped, header, file: file).values?.count ?? 0
        guard width > 0 else { return [] }
        return try (0..<header.count).flatMap { index -> [Float] in
            let found = try record(index, mapped, header, file: file).values ?? []
            guard found.count == width else {
                throw DatasetError(
                    .label,
                    at: file.path,
                    "picture \(index) has \(found.count) numbers for a label, the first has \(width)",
                    cure: "give all pictures equally many"
                )
            }
            return found.map(Float.init)
        }
    }

    private static func record(
        _ index: Int,
        _ mapped: Data,
        _ header: CacheHeader,
        file: URL
    ) throws -> ExampleRecord {
        let data: Data? = mapped.withUnsafeBytes { bytes in
            let place = header.indexOffset + 8 * index
            let start = bytes.load(fromByteOffset: place, as: UInt64.self)
            let end = bytes.load(fromByteOffset: place + 8, as: UInt64.self)
            guard start <= end, end <= UInt64(header.recordBytes) else { return nil }
            return Data(
                bytes[(header.recordOffset + Int(start))..<(header.recordOffset + Int(end))]
            )
        }
        guard let data, let record = try? JSONDecoder().decode(ExampleRecord.self, from: data)
        else {
            throw DatasetError(
                .damaged,
                at: file.path,
                "record \(index) cannot be read",
                cure: "delete the file; it is made again"
            )
        }
        return record
    }

    /// One file for each place the pictures come from and each way to make them.
    private static func fileName(_ source: some PictureSource, _ options: CacheOptions) -> String {
        let deep = source.depth == .eight ? "" : "|\(source.depth.rawValue) bits"
        let identity = "\(source.origin.identity)|\(options)\(deep)"
        let safe = source.name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "_" }
        let hash = String(XXHash64.hash(identity), radix: 16)
        return "\(String(safe.prefix(60)))-\(options.width)x\(options.height)x\(options.channels)"
            + "-\(hash).pictures"
    }
}
