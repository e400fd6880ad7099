import Foundation
import Settings

/// Finds the files of a data set by its name: the path given, `ATELIER_DATA`, what was fetched
/// before, and folders named `data` nearby.
public struct DatasetCatalog: Sendable {
    /// The share that is held out of sets that have no test split of their own.
    public static let heldOutFraction = 0.1

    private let environment: [String: String]
    private let current: URL

    /// Makes a catalogue.
    ///
    /// - Parameters:
    ///   - environment: Where `ATELIER_DATA` and `ATELIER_CACHE` are looked up.
    ///   - current: The folder that relative paths start from.
    public init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        current: URL = URL(
            filePath: FileManager.default.currentDirectoryPath,
            directoryHint: .isDirectory
        )
    ) {
        self.environment = environment
        self.current = current
    }

    /// Opens a split of a set.
    ///
    /// - Parameters:
    ///   - name: The name of a set as in `DatasetName`; empty to go by the path alone.
    ///   - path: A file or folder, as given with `--data`; nothing else is looked at then.
    ///   - split: Which part. Of sets without a test part about a tenth is held out.
    ///   - pixels: The size of drawn pictures (emoji).
    /// - Returns: The source.
    /// - Throws: `DatasetError` that lists every place looked at and what to do.
    public func open(
        _ name: String,
        path: String? = nil,
        split: Split = .train,
        pixels: Int = 128
    ) throws -> any PictureSource {
        if name.isEmpty, let path { return try anything(at: url(path), split: split) }
        guard let set = DatasetName(rawValue: name) else {
            let known = DatasetName.allCases.map(\.rawValue).joined(separator: ", ")
            throw DatasetError(
                .request,
                at: "data set '\(name)'",
                "is not known",
                cure: "choose one of \(known)"
            )
        }
        switch set {
        case .emoji, .twemoji, .symbola:
            let hand: EmojiHand =
                switch set {
                case .twemoji: .twemoji
                case .symbola: .symbola
                default: .noto
                }
            return SubsetSource(
                try EmojiSource(pixels: pixels, hand: hand),
                split: split,
                rule: "combinations"
            ) { record in
                record.captions.first { $0.language == "en" }
                    .flatMap { EmojiCombination(naming: $0.text) }?.isHeldOut == true
            }
        case .openclipart: return Self.held(try ClipArtSource(pixels: pixels), split)
        case .furniture:
            return Self.held(
                try FurnitureSource(folder: FurnitureSource.package.located(), pixels: pixels),
                split
            )
        case .tango: return Self.held(try TangoSource(pixels: pixels), split)
        case .pictures:
            let pictures = try PicturesSource(pixels: pixels)
            let heldOut = Set(
                (0..<pictures.count).filter(pictures.isHeldOut)
                    .map { pictures.record(at: $0).identifier }
            )
            return SubsetSource(pictures, split: split, rule: "hands") {
                heldOut.contains($0.identifier)
            }
        case .scenes:
            return try ScenesSource(
                SpriteBank(PicturesSource()),
                pixels: pixels,
                part: split == .train ? .seen : .heldOut
            )
        case .folder, .zip:
            guard let path = path ?? environment["ATELIER_DATA"], !path.isEmpty else {
                throw DatasetError(
                    .request,
                    at: "data set '\(name)'",
                    "needs to be told where it is",
                    cure: "name it with --data PATH, or set ATELIER_DATA"
                )
            }
            return try set == .zip
                ? DatasetFormat.archive.open(url(path), split) : folder(url(path), split: split)
        default:
            return try find(set, path: path, split: split)
        }
    }

    /// Whether a set can be opened, told without drawing or decoding anything.
    public func isHere(_ name: DatasetName) -> Bool {
        let isMade = !name.packages.isEmpty && KnownDataset(name) == nil
        if isMade { return name.packages.allSatisfy { $0.place != nil } }
        return (try? open(name.rawValue)) != nil
    }

    /// The places where a set is looked for, in order.
    public func places(for set: DatasetName, path: String? = nil) -> [URL] {
        var roots: [URL] = []
        if let path {
            roots = [url(path)]
        } else {
            if let named = environment["ATELIER_DATA"], !named.isEmpty { roots.append(url(named)) }
            roots.append(CacheFolder.downloads(environment: environment))
            roots += [url("data"), url("../shared/data")]
        }
        let inner: [String] =
            switch set {
            case .cifar10: ["cifar-10-batches-bin", "cifar10.zip"]
            case .cifar100: ["cifar-100-binary", "cifar100.zip"]
            default: []
            }
        let folders = [set.rawValue] + inner + inner.map { "\(set.rawValue)/\($0)" }
        let packages = path == nil ? set.packages.compactMap(\.place) : []
        let places = roots.flatMap { root in
            [root.standardizedFileURL]
                + folders.map { root.appending(path: $0).standardizedFileURL }
        }
        return places + packages
    }

    private func find(
        _ set: DatasetName,
        path: String?,
        split: Split
    ) throws -> any PictureSource {
        let places = places(for: set, path: path)
        // A folder that holds many sets must name this one; a path given by the user need not.
        for place in places {
            if let source = try known(set, at: place, split: split, isNamed: path != nil) {
                return source
            }
        }
        let looked = places.map(\.path).joined(separator: "\n  ")
        let fetch =
            KnownDataset(set) == nil ? "" : "fetch it with 'atelier data fetch \(set.rawValue)', "
        throw DatasetError(
            .missing,
            at: "data set '\(set.rawValue)'",
            "is in none of the places looked at:\n  \(looked)\n",
            cure: fetch + "name its folder with --data PATH, or set ATELIER_DATA"
        )
    }

    /// The set at a place; nil when it is not there.
    ///
    /// Damaged files are errors, not absent.
    private func known(
        _ set: DatasetName,
        at place: URL,
        split: Split,
        isNamed: Bool
    ) throws -> (any PictureSource)? {
        guard let facts = FileFacts(place) else { return nil }
        if facts.isFile {
            return place.pathExtension.lowercased() == "zip"
                ? try DatasetFormat.archive.open(place, split) : nil
        }
        let isOwn = isNamed || place.lastPathComponent == set.rawValue
        switch set {
        case .cifar10, .cifar100:
            let variant: CIFARSource.Variant = set == .cifar10 ? .ten : .hundred
            guard CIFARSource.isPresent(in: place, variant: variant, split: split) else {
                return nil
            }
            return try CIFARSource(folder: place, variant: variant, split: split)
        default:
            guard isOwn, IDXSource.isPresent(in: place, split: split) else { return nil }
            return try IDXSource(
                folder: place,
                split: split,
                name: set.rawValue,
                classNames: set.classNames
            )
        }
    }

    private func anything(at place: URL, split: Split) throws -> any PictureSource {
        guard let format = DatasetFormat.format(of: place, split: split) else {
            throw DatasetError(
                .missing,
                at: place.path,
                "there is no such file or folder",
                cure: "check the path given with --data"
            )
        }
        return try format.open(place, split)
    }

    private func folder(_ place: URL, split: Split) throws -> any PictureSource {
        // Formats of other packages may be a folder, or one file, too.
        let added = DatasetFormat.registry.added.last { $0.recognises(place, split) }
        let own = ScanSource.isPresent(in: place) ? DatasetFormat.scans : .folder
        return try (added ?? own).open(place, split)
    }

    /// A split of a source that has no test part.
    static func held(_ source: any PictureSource, _ split: Split) -> any PictureSource {
        SubsetSource(source, split: split, fraction: heldOutFraction)
    }

    private func url(_ path: String) -> URL {
        let expanded = NSString(string: path).expandingTildeInPath
        let isAbsolute = expanded.hasPrefix("/")
        return (isAbsolute ? URL(filePath: expanded) : current.appending(path: expanded))
            .standardizedFileURL
    }
}
