import Foundation
import Imaging

/// Which of many paths are the pictures of a split, and which class each belongs to.
///
/// The same rules for folders and archives:
/// - names that start with a dot, and what is not a picture by its name, are left out;
/// - a `dataset.json` gives the labels, class numbers being its own;
/// - else the first folder is the class, classes sorted by name; without folders there are none;
/// - `train` and `test` (or `val`) at the top are splits; a lone folder around all is looked into.
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
    }

    let items: [Item]
    let classNames: [String]
    let problems: [Finding]

    /// Whether the paths are divided into splits.
    let isSplit: Bool

    private static let splitNames: [Split: [String]] = [
        .train: ["train", "training"],
        .test: ["test", "testing", "val", "valid", "validation"],
    ]

    /// Sorts the paths out.
    ///
    /// - Parameters:
    ///   - paths: The paths of files, `/` between components, in the order to keep.
    ///   - folders: The paths of folders, for those without pictures to be noticed.
    ///   - split: Which split is wanted, where there are splits.
    ///   - place: The folder or archive, for messages.
    ///   - read: Reads a small file by its path.
    /// - Throws: `DatasetError` when the split is not there or the label file is damaged.
    init(
        paths: [String],
        folders: [String],
        split: Split,
        place: String,
        read: (String) throws -> Data
    ) throws {
        let visible = paths.enumerated().filter { Self.isVisible($0.element) }
        let prefix = Self.loneFolder(visible.map(\.element))
        let pictures = visible.filter { Self.isPicture($0.element) }.map {
            (ordinal: $0.offset, path: String($0.element.dropFirst(prefix.count)))
        }
        let tops = Set(pictures.compactMap { Self.top($0.path) })
        let present = Self.splitNames.mapValues { names in names.filter(tops.contains) }
        isSplit = present.values.contains { !$0.isEmpty }
        let splitFolder = present[split]?.first
        if isSplit && splitFolder == nil {
            throw DatasetError(
                .missing,
                at: place,
                "is divided into \(tops.sorted().joined(separator: ", ")), but has no "
                    + (Self.splitNames[split] ?? []).joined(separator: " or "),
                cure: "add that folder, or put all pictures into folders of classes"
            )
        }
        let root = splitFolder.map { $0 + "/" } ?? ""
        let chosen = pictures.filter { $0.path.hasPrefix(root) }
        let labelPath = visible.map(\.element).first { $0 == prefix + LabelFile.name }
        if let labelPath {
            let file = try LabelFile(try read(labelPath), name: "\(place):\(labelPath)")
            let sorted = Self.labelled(chosen, by: file.labels, isSplit: isSplit)
            (items, classNames, problems) = sorted
            return
        }
        // Classes are those of all splits together, so that a label means the same in each.
        let splits = Set(present.values.flatMap { $0 })
        let classed = pictures.compactMap { picture -> String? in
            Self.className(picture.path, splits: splits)
        }
        let empty = folders.filter(Self.isVisible).compactMap { folder -> String? in
            guard folder.hasPrefix(prefix) else { return nil }
            return Self.className(folder.dropFirst(prefix.count) + "/", splits: splits)
        }
        let names = Set(classed).union(classed.isEmpty ? [] : empty).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        items = chosen.map { picture in
            let name = Self.className(picture.path, splits: splits)
            return Item(
                ordinal: picture.ordinal,
                path: picture.path,
                label: name.flatMap { numbers[$0] }
            )
        }
        classNames = names
        problems = Self.problems(items: items, classNames: names)
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
        let items = pictures.map {
            switch labels[$0.path] {
            case .number(let label)?: Item(ordinal: $0.ordinal, path: $0.path, label: label)
            case .values(let values)?:
                Item(ordinal: $0.ordinal, path: $0.path, label: nil, values: values)
            case nil: Item(ordinal: $0.ordinal, path: $0.path, label: nil)
            }
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
        return (items, names, problems(items: items, classNames: names) + missing)
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
            guard counts.indices.contains(label) else {
                findings.append(
                    Finding(
                        .labelOutOfRange,
                        item.path,
                        "label \(label), but the classes are 0 to \(counts.count - 1)"
                    )
                )
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

    private static func isVisible(_ path: String) -> Bool {
        !path.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
    }

    private static func isPicture(_ path: String) -> Bool {
        guard let dot = path.lastIndex(of: ".") else { return false }
        return PictureFormat(fileExtension: String(path[path.index(after: dot)...])) != nil
    }

    private static func top(_ path: String) -> String? {
        path.firstIndex(of: "/").map { String(path[..<$0]) }
    }

    private static func className(_ path: String, splits: Set<String>) -> String? {
        guard let first = top(path) else { return nil }
        guard splits.contains(first) else { return first }
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
