import Checks
import Foundation

extension RunFolder {
    static let checkpointsName = "checkpoints"

    /// The folder's name.
    public var name: String { url.lastPathComponent }

    /// Every option of the run; written first.
    public var trainingOptions: URL { url.appending(path: "training_options.json") }
    /// Copy of what the run printed.
    public var log: URL { url.appending(path: "log.txt") }
    /// One line of figures a tick; see `Journal`.
    public var stats: URL { url.appending(path: "stats.jsonl") }
    /// What the run does now, or how it ended; see `RunStatus`.
    public var status: URL { url.appending(path: "status.json") }
    /// The pieces that texts are made of, where pictures are asked for with texts.
    public var textPieces: URL { url.appending(path: "text-pieces.model") }
    /// Words that the networks knew before the run, one a line; only where it began with trained ones.
    public var textWords: URL { url.appending(path: "text-words.txt") }
    /// A grid of real pictures.
    public var reals: URL { url.appending(path: "reals.png") }
    /// A grid drawn before any training.
    public var firstFakes: URL { url.appending(path: "fakes_init.png") }
    /// Everything that a run can go on from.
    public var checkpoints: URL {
        url.appending(path: Self.checkpointsName, directoryHint: .isDirectory)
    }

    /// A grid drawn after a count of images.
    public func fakes(images: Int) -> URL {
        url.appending(path: "fakes\(Self.kiloimages(images)).png")
    }

    /// Held-out pictures, hidden in part and restored, after a count of images.
    public func restored(images: Int) -> URL {
        url.appending(path: "restored\(Self.kiloimages(images)).png")
    }

    /// The networks after a count of images.
    public func snapshot(images: Int) -> URL {
        url.appending(path: "network-snapshot-\(Self.kiloimages(images)).safetensors")
    }

    /// Another average of the drawing network after a count of images, by its half-life in images.
    public func snapshot(images: Int, halfLife: Int) -> URL {
        url.appending(
            path: "network-snapshot-\(Self.kiloimages(images))-average\(halfLife).safetensors"
        )
    }

    /// The discriminator beside a drawing network's snapshot: it chooses among drawings.
    public static func critic(beside snapshot: URL) -> URL {
        let name = snapshot.deletingPathExtension().lastPathComponent
        return snapshot.deletingLastPathComponent()
            .appending(path: "\(name)-discriminator.safetensors")
    }

    /// What a run with `start.low-rank` added to the weights that it began with, after a count of images.
    public func updates(images: Int) -> URL {
        url.appending(path: "low-rank-\(Self.kiloimages(images)).safetensors")
    }

    /// Whether a file's name is one of those.
    public static func isUpdates(_ name: String) -> Bool {
        name.hasPrefix("low-rank-") && name.hasSuffix(".safetensors")
    }

    /// Lines of results of one metric.
    ///
    /// - Precondition: the name is plain, see `isPlain(_:)`.
    public func metric(_ name: String) -> URL {
        precondition(Self.isPlain(name), "\"\(name)\" cannot be part of a file's name")
        return url.appending(path: "metric-\(name).jsonl")
    }

    /// Event files in the order they were begun.
    public func eventFiles() -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { $0.hasPrefix("events.out.tfevents.") }
            .sorted { $0.localizedStandardCompare($1) == .orderedAscending }
            .map { url.appending(path: $0) }
    }

    /// Thousands of images, six digits.
    private static func kiloimages(_ images: Int) -> String {
        precondition(images >= 0, "a count of images cannot be \(images)")
        let digits = String(images / 1000)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
