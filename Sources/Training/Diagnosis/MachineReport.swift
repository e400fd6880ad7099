import Datasets
import Foundation
import Imaging
import Torch

/// Whether everything works on this machine.
public struct MachineReport: Codable, Sendable {
    /// One thing that was looked at.
    public struct Check: Codable, Sendable {
        /// What was looked at.
        public let name: String
        /// What was found.
        public let found: String
        /// Whether it is as needed.
        public var isFine = true
        /// What to do when it is not.
        public var hint: String?
    }

    /// Everything that was looked at.
    public let checks: [Check]

    /// Whether everything is as needed.
    public var isFine: Bool { checks.allSatisfy(\.isFine) }

    /// Whether there is a graphics card to train on.
    public static var hasGPU: Bool { Device.available.contains { $0.kind != .cpu } }

    /// Looks at libraries, devices, memory, data sets and folders.
    public init() {
        let sum = Tensor.ones([2, 2]).multiplied(by: .ones([2, 2])).sum().item()
        let sets = DatasetName.allCases.filter {
            $0 != .folder && $0 != .zip && DatasetCatalog().isHere($0)
        }
        let font = EmojiFont.noto
        let all = [
            Check(
                name: "libtorch",
                found: Machine.torchVersion,
                isFine: sum == 8,
                hint: "2×2 ones times ones summed to \(sum), expected 8: reinstall libtorch"
            ),
            Check(
                name: "devices",
                found: Device.available.map(\.description).joined(separator: ", ")
            ),
            Check(
                name: "processor",
                found: "\(Machine.threads) threads, bfloat16 \(Machine.hasBFloat16 ? "yes" : "no")"
            ),
            Check(name: "libvips", found: Vips.version),
            Check(name: "memory", found: "\(ProcessInfo.processInfo.physicalMemory >> 20) MiB"),
            Check(
                name: "emoji font",
                found: font.isInstalled
                    ? font.family : "none (needed for the set emoji: fonts-noto-color-emoji)"
            ),
            Check(
                name: "data sets",
                found: sets.isEmpty
                    ? "none (atelier data fetch mnist)"
                    : sets.map(\.rawValue).joined(separator: ", ")
            ),
            MachineReport.folder("cache", CacheFolder.root()),
            MachineReport.folder(
                "work folder",
                URL(filePath: FileManager.default.currentDirectoryPath)
            ),
        ]
        checks = all.map { check in
            var check = check
            if check.isFine { check.hint = nil }
            return check
        }
    }

    /// Whether a folder can be written to, and how much room it has.
    private static func folder(_ name: String, _ url: URL) -> Check {
        let probe = url.appending(path: ".atelier-doctor-\(getpid())")
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try Data("probe".utf8).write(to: probe)
            try FileManager.default.removeItem(at: probe)
        } catch {
            return Check(
                name: name,
                found: "\(url.path) cannot be written to",
                isFine: false,
                hint: "give yourself access to it, or choose another (ATELIER_CACHE for the cache)"
            )
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: url.path)
        let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value ?? 0
        return Check(
            name: name,
            found: "\(url.path), \(free >> 20) MiB free",
            isFine: free > 256 << 20,
            hint: "free some space: checkpoints and decoded pictures need it"
        )
    }
}
