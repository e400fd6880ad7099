import Foundation

/// The package's targets and the edges between them, as SwiftPM describes them.
struct PackageGraph: Decodable {
    /// A target with the names of what it depends on.
    struct Target: Decodable {
        var name: String
        var type: String
        var path: String
        var targetDependencies: [String]?
        var productDependencies: [String]?

        /// Every target and product this one declares.
        var edges: Set<String> {
            Set(targetDependencies ?? []).union(productDependencies ?? [])
        }
    }

    var targets: [Target]

    /// The graph of the package in `root`, read in a build folder of its own: the usual one is locked
    /// while tests run.
    static func described(at root: URL) throws -> PackageGraph {
        let scratch = FileManager.default.temporaryDirectory
            .appending(path: "atelier-architecture-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", root.path, "--scratch-path", scratch.path,
            "describe", "--type", "json",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PackageGraph.self, from: data)
    }

    /// Everything `name` depends on, over any number of edges.
    func reach(of name: String) -> Set<String> {
        var reached: Set<String> = []
        var pending = [name]
        while let next = pending.popLast() {
            let edges = targets.first { $0.name == next }?.edges ?? []
            pending.append(contentsOf: edges.subtracting(reached))
            reached.formUnion(edges)
        }
        return reached
    }
}
