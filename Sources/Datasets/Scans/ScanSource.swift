import Foundation
import Imaging
import Scans
import Settings

/// Slices of DICOM and NIfTI files, as grey pictures of sixteen bits.
///
/// Folders are classes as for pictures, or planes of the body are. A file `scans.json` says how slices are made.
public struct ScanSource: PictureSource {
    /// The name of the folder and the split.
    public let name: String
    /// The class names: folders, planes or both.
    public let classNames: [String]
    /// The files and their state.
    public let origin: Origin
    /// What is left out, and slices whose class is not known.
    public let problems: [Finding]
    /// Whether the folder is divided into `train` and `test`.
    public let isSplit: Bool
    /// How slices are made.
    public let choices: SliceChoices

    private let files: [(url: URL, kind: ScanFile.Kind, path: String)]
    private let items: [PictureListing.Item]
    private let places: [ScanPlace]
    private let hasFolders: Bool
    private let hasPlanes: Bool
    private let folderNames: [String]
    private let shelf = ScanShelf()

    /// Lists a folder, or a single file.
    ///
    /// - Parameters:
    ///   - place: The folder; folders in it are looked into. Or a file.
    ///   - split: Which split, where there are folders `train` and `test` (or `val`).
    ///   - choices: How slices are made; as `scans.json` in the folder says by default.
    /// - Throws: `DatasetError` where it is not there, the split is absent or `scans.json` is wrong.
    public init(_ place: URL, split: Split = .train, choices: SliceChoices? = nil) throws {
        let isFile = FileFacts(place)?.isFile == true
        let folder = isFile ? place.deletingLastPathComponent() : place
        let walk = isFile ? nil : try FolderWalk(place)
        let paths = walk?.files.filter { $0 != SliceChoices.name } ?? [place.lastPathComponent]
        let kinds = paths.map { ScanFile.kind(folder.appending(path: $0)) }
        let known = Set(zip(paths, kinds).filter { $1 != nil }.map(\.0))
        let listing = try PictureListing(
            paths: paths,
            folders: walk?.folders ?? [],
            leftOut: walk?.leftOut ?? LeftOut(),
            split: split,
            place: place.path,
            isPicture: known.contains
        ) { path in
            try Gzip.contents(of: folder.appending(path: path), limit: 256 << 20)
        }
        let choices = try choices ?? ScanSource.choices(in: folder)
        self.choices = choices
        hasFolders =
            switch choices.classes {
            case .auto, .folders, .both: !listing.classNames.isEmpty
            case .planes, .none: false
            }
        let wantsPlanes = [.planes, .both].contains(choices.classes)
        let asksPlanes = wantsPlanes || (choices.classes == .auto && !hasFolders)
        let files = listing.items.map { item in
            (
                url: folder.appending(path: paths[item.ordinal]),
                kind: kinds[item.ordinal] ?? .dicom, path: item.path
            )
        }
        let found = ScanSlices(
            files,
            choices,
            planes: choices.planes ?? (asksPlanes ? ScanPlane.allCases : [.axial])
        )
        (self.files, items, places) = (files, listing.items, found.places)
        hasPlanes = asksPlanes && (wantsPlanes || found.places.contains { $0.plane != nil })
        folderNames = listing.classNames
        let planes = ScanPlane.allCases.map(\.rawValue)
        classNames =
            switch (hasFolders, hasPlanes) {
            case (true, true): folderNames.flatMap { name in planes.map { "\(name), \($0)" } }
            case (true, false): folderNames
            case (false, true): planes
            case (false, false): []
            }
        isSplit = listing.isSplit
        name =
            ScanSource.stem(place) + (listing.isSplit ? "-\(split.rawValue)" : "")
        let used = files.map(\.url) + [folder.appending(path: SliceChoices.name)]
        origin = Origin(
            identity:
                "\(place.standardizedFileURL.path)|scans, read by rules 1, \(split.rawValue), "
                + choices.key,
            files: used
        )
        let unplaced = found.places.filter { place in
            if case .unreadable = place.part { return false }
            return place.plane == nil
        }
        let unlabelled =
            hasPlanes
            ? unplaced.map {
                Finding(
                    .labelMissing,
                    files[$0.item].path + $0.suffix,
                    "lies in none of the planes"
                )
            } : []
        problems = listing.problems + unlabelled + found.leftOut.findings
    }

    /// The name of a file without its endings, or of a folder.
    private static func stem(_ place: URL) -> String {
        let name = place.lastPathComponent
        guard ScanFile.kind(named: name) != nil, let dot = name.firstIndex(of: "."),
            dot != name.startIndex
        else { return name }
        return String(name[..<dot])
    }

    /// What `scans.json` in a folder says.
    private static func choices(in folder: URL) throws -> SliceChoices {
        let file = folder.appending(path: SliceChoices.name)
        guard FileFacts(file)?.isFile == true else { return SliceChoices() }
        return try SliceChoices(
            try Gzip.contents(of: file, limit: 1 << 20),
            name: file.path
        )
    }

    /// How many slices there are.
    public var count: Int { places.count }

    /// The patient of each slice, to keep together what belongs together.
    var patients: [String] { places.map(\.patient) }

    /// The series of each slice.
    var allSeries: [String] { places.map(\.series) }

    /// Sixteen bits, whatever the files have: windows and sizes are exact to that.
    public var depth: SampleDepth { .sixteen }

    /// The path within the folder and the slice, its class and the class's name.
    ///
    /// Nothing else of a file's header is in it.
    public func record(at index: Int) -> ExampleRecord {
        let place = places[index]
        let item = items[place.item]
        var label = hasFolders ? item.label : nil
        if hasPlanes {
            let number = place.plane.flatMap { ScanPlane.allCases.firstIndex(of: $0) }
            label =
                hasFolders
                ? label.flatMap { folder in number.map { folder * ScanPlane.allCases.count + $0 } }
                : number
        }
        return PictureListing.Item(
            ordinal: item.ordinal,
            path: item.path + place.suffix,
            label: label,
            values: item.values,
            captions: item.captions
        ).record(classNames: classNames)
    }

    /// The values of a slice, and what is shown of them from black to white.
    ///
    /// - Precondition: `index` is in `0..<count`.
    /// - Throws: `ScanError` or `DatasetError` that names the file.
    public func slice(at index: Int) throws -> (slice: ScanSlice, range: ValueRange?) {
        let place = places[index]
        let file = files[place.item]
        switch place.part {
        case .unreadable(let error): throw error
        case .frame(let frame):
            let isAlone = place.suffix.isEmpty
            let loaded =
                isAlone ? .dicom(try ScanFile.dicom(file.url)) : try shelf.file(file.url, .dicom)
            guard case .dicom(let dicom) = loaded else { throw changed(file.url) }
            let slice = try dicom.slice(frame)
            return (slice, range(of: slice) { slice.values })
        case .slice(let plane, let number, let volume):
            guard case .volume(let whole) = try shelf.file(file.url, .nifti) else {
                throw changed(file.url)
            }
            let slice = try whole.slice(plane, number, volume: volume)
            let key = "\(file.path) \(volume)"
            switch choices.window {
            case .file where slice.window == nil, .full:
                return (slice, shelf.range(key) { whole.range(volume: volume) })
            case .robust:
                return (slice, shelf.range(key) { .robust(whole.sample(volume: volume)) })
            default: return (slice, range(of: slice) { whole.sample(volume: volume) })
            }
        }
    }

    private func changed(_ file: URL) -> ScanError {
        ScanError(.damaged, at: file.path, "is no longer what it was", cure: "start again")
    }

    /// What is shown of a slice by itself.
    private func range(of slice: ScanSlice, _ values: () -> [Double]) -> ValueRange? {
        switch choices.window {
        case .file: slice.window ?? .full(values())
        case .full: .full(values())
        case .robust: .robust(values())
        case .storable: slice.storable ?? .full(values())
        case .fixed(let range): range
        }
    }

    /// A slice with square pixels, grey, of sixteen bits.
    public func picture(at index: Int) throws -> Picture {
        let (slice, range) = try slice(at: index)
        return slice.squarePicture(range)
    }
}
