import Foundation
import Imaging
import Settings

/// Grey pictures and labels in a pair of IDX files: MNIST, Fashion-MNIST, KMNIST.
public struct IDXSource: PictureSource {
    /// The name of the set and the split.
    public let name: String

    /// The class names; digits where none are given.
    public let classNames: [String]

    /// The two files and their state.
    public let origin: Origin

    /// Labels out of range.
    public let problems: [Finding]

    private let pictures: IDXFile
    private let values: [UInt8]

    /// Reads a pair of files.
    ///
    /// - Parameters:
    ///   - pictures: The IDX file of the pictures, plain or gzip.
    ///   - labels: The IDX file of the labels, plain or gzip.
    ///   - name: The name of the set and the split.
    ///   - classNames: The class names, label 0 first.
    /// - Throws: `DatasetError` when a file is damaged or the two do not belong together.
    public init(
        pictures: URL,
        labels: URL,
        name: String = "idx",
        classNames: [String] = (0..<10).map(String.init)
    ) throws {
        self.name = name
        self.classNames = classNames
        self.pictures = try IDXFile(contentsOf: pictures, rank: 3)
        let labelFile = try IDXFile(contentsOf: labels, rank: 1)
        guard labelFile.dimensions[0] == self.pictures.dimensions[0] else {
            throw DatasetError(
                .damaged,
                at: labels.path,
                "\(labelFile.dimensions[0]) labels for the \(self.pictures.dimensions[0]) "
                    + "pictures of \(pictures.lastPathComponent)",
                cure: "the two files must be of the same split of the same set"
            )
        }
        let values = [UInt8](labelFile.values)
        self.values = values
        origin = Origin(
            identity: "\(pictures.standardizedFileURL.path)|idx \(name)",
            files: [pictures, labels]
        )
        let classes = classNames.count
        problems = values.indices.filter { Int(values[$0]) >= classes }.map { index in
            Finding(
                .labelOutOfRange,
                Self.identifier(index),
                "label \(values[index]), but the classes are 0 to \(classes - 1)"
            )
        }
    }

    /// Reads a split from a folder with files of the usual names.
    ///
    /// `train-images-idx3-ubyte`, `t10k-labels-idx1-ubyte` and so on, plain or with `.gz`, also
    /// spelled `train-images.idx3-ubyte`.
    /// - Throws: `DatasetError`; a missing file's names the files looked for.
    public init(
        folder: URL,
        split: Split,
        name: String = "idx",
        classNames: [String] = (0..<10).map(String.init)
    ) throws {
        let prefix = split == .train ? "train" : "t10k"
        try self.init(
            pictures: Self.file(in: folder, "\(prefix)-images", "idx3-ubyte"),
            labels: Self.file(in: folder, "\(prefix)-labels", "idx1-ubyte"),
            name: "\(name)-\(split.rawValue)",
            classNames: classNames
        )
    }

    /// The labels, without a detour over records.
    public var labels: [Int] { values.map { Int($0) < classNames.count ? Int($0) : -1 } }

    /// How many examples there are.
    public var count: Int { values.count }

    /// The position as identifier, the label; none for one that no class has.
    public func record(at index: Int) -> ExampleRecord {
        let label = classNames.indices.contains(Int(values[index])) ? Int(values[index]) : nil
        return ExampleRecord(
            identifier: Self.identifier(index),
            label: label,
            captions: label.map { [Caption(language: "en", text: classNames[$0])] } ?? []
        )
    }

    /// A grey picture.
    public func picture(at index: Int) throws -> Picture {
        let height = pictures.dimensions[1]
        let width = pictures.dimensions[2]
        let start = pictures.values.startIndex + index * height * width
        return Picture(
            width: width,
            height: height,
            channels: 1,
            depth: .eight,
            samples: [UInt8](pictures.values[start..<(start + height * width)])
        )
    }

    /// True when the folder has the pictures of a split under one of the usual names.
    static func isPresent(in folder: URL, split: Split) -> Bool {
        (try? file(in: folder, split == .train ? "train-images" : "t10k-images", "idx3-ubyte"))
            != nil
    }

    private static func identifier(_ index: Int) -> String { "#\(index)" }

    private static func file(in folder: URL, _ stem: String, _ kind: String) throws -> URL {
        let names = ["\(stem)-\(kind)", "\(stem).\(kind)"].flatMap { [$0, $0 + ".gz"] }
        for name in names {
            let url = folder.appending(path: name)
            if FileFacts(url)?.isFile == true { return url }
        }
        throw DatasetError(
            .missing,
            at: folder.path,
            "has none of \(names.joined(separator: ", "))",
            cure: "put the file there, or name the folder that has it with --data"
        )
    }
}
