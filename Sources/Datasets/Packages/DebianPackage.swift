import Foundation

/// A package of Debian's or Ubuntu's that holds pictures: used as it is installed, or unpacked into
/// the cache without being installed.
public struct DebianPackage: Sendable, Equatable {
    /// The package's name.
    public let name: String

    /// A folder or file of the package, seen from the top of the file system, without a slash in front.
    public let path: String

    private let roots: [URL]
    private let cache: URL

    /// Names a package and what is needed of it.
    ///
    /// - Parameters:
    ///   - name: The package's name.
    ///   - path: A folder or file of the package: `usr/share/openclipart`.
    ///   - environment: Where `ATELIER_CACHE` is looked up.
    ///   - root: The top of the file system that packages are installed in.
    public init(
        _ name: String,
        path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        root: URL = URL(filePath: "/", directoryHint: .isDirectory)
    ) {
        self.name = name
        self.path = path
        cache = CacheFolder.packages(environment: environment)
            .appending(path: name, directoryHint: .isDirectory)
        roots = [root, cache]
    }

    /// Where the folder or file is; nil when the package is neither installed nor unpacked.
    public var place: URL? {
        roots.map { $0.appending(path: path) }.first { FileFacts($0) != nil }
    }

    /// Where the folder or file is.
    ///
    /// - Throws: `DatasetError` that says how to get the package.
    public func located() throws -> URL {
        if let place { return place }
        throw DatasetError(
            .missing,
            at: "package '\(name)'",
            "is neither installed nor unpacked in \(cache.path)",
            cure: "get it with 'atelier data fetch', or install it: apt-get install \(name)"
        )
    }

    /// Downloads the package and unpacks it into the cache; nothing is installed.
    ///
    /// The folder appears under its name only when all of it is there.
    ///
    /// - Parameter notice: Told what is fetched.
    /// - Throws: `DatasetError`: no such tool, no network, no such package, no room.
    public func fetch(notice: @Sendable (String) -> Void = Notice.print) throws {
        guard place == nil else { return }
        notice("fetching the package \(name)")
        let draft = cache.deletingLastPathComponent()
            .appending(path: "\(name).\(UUID().uuidString)", directoryHint: .isDirectory)
        let files = FileManager.default
        do {
            try files.createDirectory(at: draft, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(
                .unwritable,
                at: draft.path,
                "cannot be made: \(error.localizedDescription)",
                cure: "set ATELIER_CACHE to a folder that you may write to"
            )
        }
        defer { try? files.removeItem(at: draft) }
        try run(["apt-get", "download", "-q", name], in: draft)
        let names = (try? files.contentsOfDirectory(atPath: draft.path)) ?? []
        guard let archive = names.first(where: { $0.hasSuffix(".deb") }) else {
            throw DatasetError(
                .network,
                at: "package '\(name)'",
                "no file was downloaded",
                cure: "run 'apt-get update' and try again"
            )
        }
        let unpacked = draft.appending(path: "files", directoryHint: .isDirectory)
        try run(["dpkg-deb", "-x", archive, "files"], in: draft)
        guard FileFacts(unpacked.appending(path: path)) != nil else {
            throw DatasetError(
                .damaged,
                at: "package '\(name)'",
                "holds no \(path)",
                cure: "another release of the package may; name its folder with --data"
            )
        }
        try? files.removeItem(at: cache)
        try files.moveItem(at: unpacked, to: cache)
    }

    /// Runs a tool of the system's and waits for it.
    private func run(_ command: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = folder
        let errors = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw DatasetError(
                .missing,
                at: command[0],
                "cannot be started: \(error.localizedDescription)",
                cure: "install \(name) as your system does it"
            )
        }
        let text = String(
            decoding: errors.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let lines = text.split(separator: "\n").filter { !$0.hasPrefix("W:") }.suffix(2)
            throw DatasetError(
                .network,
                at: "package '\(name)'",
                "'\(command.joined(separator: " "))' failed: \(lines.joined(separator: " "))",
                cure: "check the network and run 'apt-get update'; or install the package yourself"
            )
        }
    }
}
