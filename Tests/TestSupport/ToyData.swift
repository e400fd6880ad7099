import Foundation

/// A small data set that tests write for themselves: bright squares, their place telling the class.
public enum ToyData {
    /// Recipe settings that fit the pictures, with networks small enough for thousands of steps.
    public static let settings = [
        "data.size=[8, 8]", "model.latent=4", "model.generator.widths=[4, 3, 2]",
        "model.discriminator.widths=[3, 4]", "snapshots.grid=[4, 2]", "evaluation.every-epochs=1",
        "evaluation.batch=16",
    ]

    /// Writes IDX files of 8×8 pictures in four classes: so many to train on, a quarter held out.
    public static func write(_ count: Int = 64, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (prefix, number) in [("train", count), ("t10k", count / 4)] {
            let labels = (0..<number).map { UInt8($0 % 4) }
            let pixels = labels.enumerated().flatMap { index, label in
                (0..<64).map { place in
                    let isInside = place / 32 == Int(label) / 2 && place % 8 / 4 == Int(label) % 2
                    return isInside ? UInt8(200 + (index * 7 + place) % 56) : UInt8(index % 16)
                }
            }
            try (header([number, 8, 8]) + Data(pixels))
                .write(to: folder.appending(path: "\(prefix)-images-idx3-ubyte"))
            try (header([number]) + Data(labels))
                .write(to: folder.appending(path: "\(prefix)-labels-idx1-ubyte"))
        }
    }

    /// Writes IDX files of 8×8 pictures that show nothing, so many to train on and as many held out.
    public static func writeNoise(_ count: Int, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (prefix, start) in [("train", 1), ("t10k", 2)] {
            var state = UInt32(start)
            let pixels = (0..<count * 64).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(state >> 24)
            }
            try (header([count, 8, 8]) + Data(pixels))
                .write(to: folder.appending(path: "\(prefix)-images-idx3-ubyte"))
            try (header([count]) + Data(repeating: 0, count: count))
                .write(to: folder.appending(path: "\(prefix)-labels-idx1-ubyte"))
        }
    }

    private static func header(_ sizes: [Int]) -> Data {
        var data = Data([0, 0, 8, UInt8(sizes.count)])
        for size in sizes {
            withUnsafeBytes(of: UInt32(size).bigEndian) { data.append(contentsOf: $0) }
        }
        return data
    }
}
