import Foundation
import Imaging
import Settings

/// Which of many paths are the pictures of a split, and which class each belongs to.
///
/// The same rules for folders and archives:
/// - names that start with a dot, and what is not a picture by its name, are left out and counted;
/// - a `dataset.json` gives the labels, class numbers being its own, and captions;
/// - captions are also read from text files beside the pictures and from a `metadata.jsonl`;
/// - else the first folder is the class, classes sorted by name; without folders there are none;
/// - `train` and `test` (or `val`) at the top are splits where nothing lies beside them or classes
///   lie in them, else they are classes themselves; a lone folder around all is looked into.
struct PictureListing: Sendable {
    /// One picture.
    struct Item: Sendable, Equatable {
        /// The place in the list of paths.
        let ordinal: Int
        /// The path without the lone folder around all.
        let path: String
        /// The class.
        let label: Int?
        /// Properties or measurements, in place of a class.
        var values: [Double]?
        /// What files say of it.
        var captions: [Caption] = []
    }

    let items: [Item]
    let classNames: [String]
    let problems: [Finding]

    /// The files that labels and captions were read from.
    let described: [String]

    /// Whether the paths are divided into splits.
    let isSplit: Bool

    /// How many classes there can be: labels are 0 to one less.
    static let mostClasses = 1 << 16

    private static let splitNames: [Split: [String]] = [
        .train: ["train", "training"],
        .test: ["test", "testing", "val", "valid", "validation"],
    ]

    /// Sorts the paths out.
    ///
    /// - Parameters:
    ///   - paths: The paths of files, `/` between components, in the order to keep.
    ///   - folders: The paths of folders, for those without pictures to be noticed.
    ///   - leftOut: What was left out before.
    ///   - split: Which split is wanted, where there are splits.
    ///   - place: The folder or archive, for messages.
    ///   - isPicture: Whether a path is that of a picture; by its ending as usual.
    ///   - read: Reads a small file by its path.
    /// - Throws: `DatasetError` when the split is not there or the label file is damaged.
    init(
        paths: [String],
        folders: [String],
        leftOut: LeftOut = LeftOut(),
        split: Split,
        place: String,
        isPicture: (String) -> Bool = PictureListing.isPicture,
        read: (String) throws -> Data
    ) throws {
        var leftOut = leftOut
        let visible = paths.enumerated().filter { Self.isVisible($0.element, &leftOut) }
        let prefix = Self.loneFolder(visible.map(\.element))
        let labelPath = visible.map(\.element).first { $0 == prefix + LabelFile.name }
        let pictures = visible.filter { isPicture($0.element) }.map {
            (ordinal: $0.offset, path: String($0.element.dropFirst(prefix.count)))
        }
        let others = visible.map(\.element).filter { !isPicture($0) && $0 != labelPath }
        let said = try CaptionFiles(
            others,
            prefix: prefix,
            pictures: pictures.map(\.path),
            read: read
        )
        described = said.paths + [labelPath].compactMap { $0 }
        let used = Set(described)
        for path in others where !used.contains(path) {
            leftOut.add(path, .ending, group: LeftOut.ending(of: path))
        }
        let parts = Self.parts(pictures.map(\.path))
        isSplit = !parts.isEmpty
        let splitFolder = Self.splitNames[split]?.first(where: parts.contains)
        if isSplit && splitFolder == nil {
            let wanted = (Self.splitNames[split] ?? []).joined(separator: " or ")
            throw DatasetError(
                .missing,
                at: place,
                "is divided into \(parts.sorted().joined(separator: ", ")), but has no \(wanted)",
                cure:
                    "add that folder, or move what is in \(parts.sorted().joined(separator: ", "))"
                    + " up by one, so that part of it is held out"
            )
        }
        let root = splitFolder.map { $0 + "/" } ?? ""
        let chosen = pictures.filter { $0.path.hasPrefix(root) }
        if isSplit { Self.count(pictures.map(\.path), parts, split, splitFolder, &leftOut) }
        if let labelPath {
            let file = try LabelFile(try read(labelPath), name: "\(place):\(labelPath)")
            let sorted = Self.labelled(chosen, by: file.labels, isSplit: isSplit)
            let captioned = Self.captioned(sorted.0, by: said, file.captions)
            (items, classNames) = (captioned.items, sorted.1)
            problems = sorted.2 + captioned.problems + leftOut.findings
            return
        }
        // Classes are those of all splits together, so that a label means the same in each.
        let classed = pictures.compactMap { picture -> String? in
            Self.className(picture.path, parts: parts)
        }
        var ignored = LeftOut()
        let empty = folders.filter { Self.isVisible($0, &ignored) }.compactMap {
            folder -> String? in
            guard folder.hasPrefix(prefix) else { return nil }
            return Self.className(folder.dropFirst(prefix.count) + "/", parts: parts)
        }
        let names = Set(classed).union(classed.isEmpty ? [] : empty).sorted()
        guard names.count <= Self.mostClasses else {
            throw DatasetError(
                .label,
                at: place,
                "has folders for \(names.count) classes, at most \(Self.mostClasses) can be told apart",
                cure: "put pictures of one kind into one folder"
            )
        }
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        let listed = chosen.map { picture in
            let name = Self.className(picture.path, parts: parts)
            return Item(
                ordinal: picture.ordinal,
                path: picture.path,
                label: name.flatMap { numbers[$0] }
            )
        }
        let captioned = Self.captioned(listed, by: said, [:])
        (items, classNames) = (captioned.items, names)
        problems =
            Self.problems(items: items, classNames: names) + captioned.problems + leftOut.findings
    }

    /// Pictures with what is said of them, and those of which nothing is although it is of others.
    private static func captioned(
        _ items: [Item],
        by files: CaptionFiles,
        _ labelled: [String: [Caption]]
    ) -> (items: [Item], problems: [Finding]) {
        let all = items.map { item in
            var item = item
            item.captions =
                files.captions[item.path, default: []] + labelled[item.path, default: []]
            return item
        }
        guard all.contains(where: { !$0.captions.isEmpty }) else { return (all, files.problems) }
        let silent = all.filter(\.captions.isEmpty)
            .map { Finding(.captionMissing, $0.path, "has no caption") }
        return (all, silent + files.problems)
    }

    /// The folders that are parts of the set; none where `train` is a class like others.
    private static func parts(_ paths: [String]) -> Set<String> {
        let tops = Set(paths.compactMap(top))
        let named = tops.intersection(splitNames.values.joined())
        let haveClasses = paths.contains { path in
            named.contains { path.hasPrefix($0 + "/") } && className(path, parts: named) != nil
        }
        return named == tops || haveClasses ? named : []
    }

    /// Counts what belongs to no part, or to a second folder for the part that is wanted.
    private static func count(
        _ paths: [String],
        _ parts: Set<String>,
        _ split: Split,
        _ chosen: String?,
        _ leftOut: inout LeftOut
    ) {
        let alike = splitNames[split] ?? []
        for path in paths {
            let top = top(path) ?? ""
            if !parts.contains(top) {
                leftOut.add(path, .besideParts, group: top.isEmpty ? "in no folder" : "in \(top)")
            } else if alike.contains(top), top != chosen {
                leftOut.add(path, .secondPart, group: "in \(top)")
            }
        }
    }

    private static func labelled(
        _ pictures: [(ordinal: Int, path: String)],
        by labels: [String: LabelFile.Label]?,
        isSplit: Bool
    ) -> ([Item], [String], [Finding]) {
        guard let labels else {
            return (
                pictures.map { Item(ordinal: $0.ordinal, path: $0.path, label: nil) }, [], []
            )
        }
        var outside: [Finding] = []
        let items = pictures.map { picture -> Item in
            var item = Item(ordinal: picture.ordinal, path: picture.path, label: nil)
            switch labels[picture.path] {
            case .number(let label)? where label < 0:
                outside.append(
                    Finding(.labelOutOfRange, picture.path, "label \(label), but labels start at 0")
                )
            case .number(let label)?:
                item = Item(ordinal: picture.ordinal, path: picture.path, label: label)
            case .values(let values)?:
                item.values = values
            case nil: break
            }
            return item
        }
        let numbers = labels.values.compactMap { label -> Int? in
            if case .number(let number) = label { number } else { nil }
        }
        let names = (0..<max((numbers.max() ?? -1) + 1, 0)).map(String.init)
        let known = Set(pictures.map(\.path))
        // With splits, one file labels the pictures of all of them.
        let absent = isSplit ? [] : labels.keys.filter { !known.contains($0) }.sorted()
        let missing = absent.map {
            Finding(.labelledFileMissing, $0, "\(LabelFile.name) names it, but it is not there")
        }
        let negative = Set(outside.map(\.identifier))
        let others = problems(items: items, classNames: names).filter {
            $0.kind != .labelMissing || !negative.contains($0.identifier)
        }
        return (items, names, outside + others + missing)
    }

    private static func problems(items: [Item], classNames: [String]) -> [Finding] {
        guard !classNames.isEmpty else { return [] }
        var counts = [Int](repeating: 0, count: classNames.count)
        var findings: [Finding] = []
        for item in items {
            guard let label = item.label else {
                findings.append(Finding(.labelMissing, item.path, "has no label"))
                continue
            }
            counts[label] += 1
        }
        for (label, count) in counts.enumerated() where count == 0 {
            findings.append(
                Finding(.emptyClass, classNames[label], "class \(label) has no picture")
            )
        }
        return findings
    }

    private static func isVisible(_ path: String, _ leftOut: inout LeftOut) -> Bool {
        for part in path.split(separator: "/") {
            if LeftOut.isSystem(part) {
                leftOut.add(path, .system, group: String(part))
                return false
            }
            if part.hasPrefix(".") {
                leftOut.add(path, .hidden)
                return false
            }
        }
        return true
    }

    /// Whether a file's ending is that of a picture.
    static func isPicture(_ path: String) -> Bool {
        guard let dot = path.lastIndex(of: ".") else { return false }
        return PictureFormat(fileExtension: String(path[path.index(after: dot)...])) != nil
    }

    private static func top(_ path: String) -> String? {
        path.firstIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func className(_ path: String, parts: Set<String>) -> String? {
        guard let first = top(path) else { return nil }
        guard !parts.isEmpty else { return first }
        guard parts.contains(first) else { return nil }
        return top(String(path.dropFirst(first.count + 1)))
    }

    /// The folder that everything is in, where it is only a wrapping: `cats/train/…`.
    private static func loneFolder(_ paths: [String]) -> String {
        let tops = Set(paths.map(top))
        guard tops.count == 1, let only = tops.first, let name = only,
            !splitNames.values.joined().contains(name)
        else { return "" }
        let inner = paths.map { String($0.dropFirst(name.count + 1)) }
        let isWrapping = inner.contains { top($0) != nil } || inner.contains(LabelFile.name)
        return isWrapping ? name + "/" : ""
    }
}
