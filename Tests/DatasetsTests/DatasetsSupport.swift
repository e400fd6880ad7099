import Datasets
import Foundation
import Imaging
import Testing

/// Folders, files and sources that the tests of this target make for themselves.
enum Samples {
    /// The root of the repository, from where this file lies.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Real data beside the repository or named by `ATELIER_DATA`; tests skip where it is absent.
    static func realData(_ path: String) -> URL? {
        let named = ProcessInfo.processInfo.environment["ATELIER_DATA"].map { URL(filePath: $0) }
        let folders = [named, root.appending(path: "../shared/data").standardizedFileURL]
        return folders.compactMap { $0?.appending(path: path) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Runs with a new folder that is removed afterwards.
    static func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-datasets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// An IDX file of bytes.
    static func idx(_ dimensions: [Int], _ values: [UInt8]) -> Data {
        var data = Data([0, 0, 8, UInt8(dimensions.count)])
        for dimension in dimensions {
            withUnsafeBytes(of: UInt32(dimension).bigEndian) { data.append(contentsOf: $0) }
        }
        return data + Data(values)
    }

    /// Writes a pair of IDX files of the usual names with pictures whose samples count upwards.
    static func writeIDX(
        in folder: URL,
        count: Int,
        side: Int,
        prefix: String = "train"
    ) throws {
        let values = (0..<(count * side * side)).map {
            UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256)
        }
        try idx([count, side, side], values)
            .write(to: folder.appending(path: "\(prefix)-images-idx3-ubyte"))
        try idx([count], (0..<count).map { UInt8($0 % 10) })
            .write(to: folder.appending(path: "\(prefix)-labels-idx1-ubyte"))
    }

    /// A small RGB picture that differs for each seed.
    static func picture(seed: Int) -> Picture {
        Picture(
            width: 6,
            height: 5,
            channels: 3,
            depth: .eight,
            samples: (0..<90).map {
                UInt8(truncatingIfNeeded: $0 * 37 + seed * 59 + $0 * $0 * seed)
            }
        )
    }

    /// Writes picture files, the n-th in the order of their names being `picture(seed: n)`.
    static func writePictures(_ paths: [String], in folder: URL) throws {
        for (seed, path) in paths.sorted().enumerated() {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            let encoding: PictureEncoding = path.hasSuffix(".jpg") ? .jpeg(quality: 90) : .png
            try picture(seed: seed).encoded(as: encoding).write(to: file)
        }
    }

    /// A grey picture whose sample at (x, y) is `10·y + x`, plus a number for each channel.
    static func ramp(width: Int, height: Int, channels: Int, plus: Int = 0) -> Picture {
        var samples: [UInt8] = []
        for y in 0..<height {
            for x in 0..<width {
                for channel in 0..<channels {
                    samples.append(UInt8(truncatingIfNeeded: 10 * y + x + 50 * channel + plus))
                }
            }
        }
        return Picture(
            width: width,
            height: height,
            channels: channels,
            depth: .eight,
            samples: samples
        )
    }
}

/// Notices said during a test.
final class Notices: Sendable {
    private let folder: URL

    init(in folder: URL) { self.folder = folder.appending(path: "notices.txt") }

    /// Keeps a notice.
    @Sendable func add(_ text: String) {
        let old = (try? String(contentsOf: folder, encoding: .utf8)) ?? ""
        try? (old + text + "\n").write(to: folder, atomically: true, encoding: .utf8)
    }

    /// Everything said so far.
    var text: String { (try? String(contentsOf: folder, encoding: .utf8)) ?? "" }
}

/// The `DatasetError` that a piece of code throws.
func datasetError(_ body: () throws -> Void) -> DatasetError? {
    do {
        try body()
        return nil
    } catch {
        return error as? DatasetError
    }
}
