import Checks
import Foundation
import Imaging
import Settings

/// The binary files of CIFAR-10 and CIFAR-100: 32 × 32 RGB pictures with labels.
///
/// Source: A. Krizhevsky, "Learning multiple layers of features from tiny images" (2009), the
/// "binary version": one label byte (CIFAR-100: coarse, then fine), then the red, green and blue
/// planes of 1024 bytes each.
public struct CIFARSource: PictureSource {
    /// Which of the two sets.
    public enum Variant: String, Codable, Sendable, CaseIterable {
        /// Ten classes.
        case ten = "cifar10"
        /// A hundred classes in twenty groups.
        case hundred = "cifar100"

        var labelBytes: Int { self == .ten ? 1 : 2 }

        func files(_ split: Split) -> [String] {
            switch (self, split) {
            case (.ten, .train): (1...5).map { "data_batch_\($0).bin" }
            case (.ten, .test): ["test_batch.bin"]
            case (.hundred, .train): ["train.bin"]
            case (.hundred, .test): ["test.bin"]
            }
        }

        var nameFile: String { self == .ten ? "batches.meta.txt" : "fine_label_names.txt" }
    }

    /// The name of the set and the split.
    public let name: String

    /// The class names from the set's own list; numbers where that list is absent.
    public let classNames: [String]

    /// The files and their state.
    public let origin: Origin

    /// Labels out of range.
    public let problems: [Finding]

    private let variant: Variant
    private let files: [Data]
    private let fileNames: [String]
    private let groupNames: [String]

    private static let side = 32
    private static let pixels = side * side
    private static let classes: [Variant: Int] = [.ten: 10, .hundred: 100]

    /// Maps the files of a split.
    ///
    /// - Parameters:
    ///   - folder: The folder with `data_batch_1.bin` … or `train.bin`, `test.bin`.
    ///   - variant: Which of the two sets.
    ///   - split: Which split.
    /// - Throws: `DatasetError` when a file is absent or has a part of an example.
    public init(folder: URL, variant: Variant, split: Split) throws {
        self.variant = variant
        name = "\(variant.rawValue)-\(split.rawValue)"
        fileNames = variant.files(split)
        let urls = fileNames.map { folder.appending(path: $0) }
        let size = variant.labelBytes + 3 * Self.pixels
        files = try urls.map { url in
            guard FileFacts(url)?.isFile == true,
                let data = try? Data(contentsOf: url, options: .mappedIfSafe)
            else {
                throw DatasetError(
                    .missing,
                    at: url.path,
                    "there is no such file, or it cannot be read",
                    cure: "name the folder of the binary version with --data"
                )
            }
            guard data.count > 0, data.count % size == 0 else {
                throw DatasetError(
                    .damaged,
                    at: url.path,
                    "\(data.count) bytes are not a whole number of examples of \(size) bytes",
                    cure: "fetch or copy the file again; it must be the binary version"
                )
            }
            return data
        }
        origin = Origin(
            identity: "\(folder.standardizedFileURL.path)|\(name)",
            files: urls
        )
        let classes = Self.classes[variant] ?? 0
        classNames =
            Self.names(folder.appending(path: variant.nameFile), count: classes)
            ?? (0..<classes).map(String.init)
        groupNames =
            variant == .ten
            ? []
            : Self.names(folder.appending(path: "coarse_label_names.txt"), count: 20) ?? []
        var problems: [Finding] = []
        for (file, data) in zip(fileNames, files) {
            for start in stride(from: data.startIndex, to: data.endIndex, by: size) {
                let label = Int(data[start + variant.labelBytes - 1])
                guard label >= classes else { continue }
                problems.append(
                    Finding(
                        .labelOutOfRange,
                        "\(file)#\((start - data.startIndex) / size)",
                        "label \(label), but the classes are 0 to \(classes - 1)"
                    )
                )
            }
        }
        self.problems = problems
    }

    /// How many examples there are.
    public var count: Int { files.reduce(0) { $0 + $1.count / exampleBytes } }

    /// The file and the position in it, the label and its name; for CIFAR-100 the group as tag.
    public func record(at index: Int) -> ExampleRecord {
        let (file, number) = place(of: index)
        let data = files[file]
        let start = data.startIndex + number * exampleBytes
        let label = Int(data[start + variant.labelBytes - 1])
        let group = Int(data[start])
        let name = classNames.indices.contains(label) ? classNames[label] : nil
        return ExampleRecord(
            identifier: "\(fileNames[file])#\(number)",
            label: name == nil ? nil : label,
            captions: name.map {
                [Caption(language: "en", text: $0.replacing("_", with: " "))]
            } ?? [],
            tags: groupNames.indices.contains(group) ? [groupNames[group]] : []
        )
    }

    /// An RGB picture.
    public func picture(at index: Int) throws -> Picture {
        let (file, number) = place(of: index)
        let planes = [UInt8](
            files[file].dropFirst(number * exampleBytes + variant.labelBytes)
                .prefix(3 * Self.pixels)
        )
        var samples = [UInt8](repeating: 0, count: 3 * Self.pixels)
        for channel in 0..<3 {
            for pixel in 0..<Self.pixels {
                samples[3 * pixel + channel] = planes[channel * Self.pixels + pixel]
            }
        }
        return Picture(
            width: Self.side,
            height: Self.side,
            channels: 3,
            depth: .eight,
            samples: samples
        )
    }

    /// True when a folder has the files of a split.
    static func isPresent(in folder: URL, variant: Variant, split: Split) -> Bool {
        variant.files(split).allSatisfy {
            FileFacts(folder.appending(path: $0))?.isFile == true
        }
    }

    private var exampleBytes: Int { variant.labelBytes + 3 * Self.pixels }

    private func place(of index: Int) -> (file: Int, number: Int) {
        var rest = index
        for (file, data) in files.enumerated() {
            let count = data.count / exampleBytes
            if rest < count { return (file, rest) }
            rest -= count
        }
        preconditionFailure("example \(index) of \(count)")
    }

    private static func names(_ file: URL, count: Int) -> [String]? {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        let names = text.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        return names.count == count ? names : nil
    }
}
