import Foundation

/// Chromium without a window, for pages that are written to be looked at.
public struct Browser {
    /// What came of a page.
    public struct Opened: Sendable {
        /// The page's elements once it is there.
        public let elements: String
        /// Lines that the page's console would show: errors, refusals and warnings.
        public let console: [String]
        /// The page on paper.
        public let paper: Data
    }

    private let executable: URL

    /// The machine's browser; nothing where there is none.
    public init?() {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let names = ["chromium", "chromium-browser", "google-chrome"]
        let files = names.flatMap { name in
            folders.map { URL(filePath: "\($0)/\(name)") }
        }
        guard
            let found = files.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }
            )
        else { return nil }
        executable = found
    }

    /// Opens a file and prints it.
    ///
    /// - Throws: What is wrong with the browser or the scratch folder.
    public func open(_ file: URL) throws -> Opened {
        let scratch = try ScratchFolder()
        let paper = scratch.url.appending(path: "page.pdf")
        let seen = try run(["--dump-dom", file.absoluteString], in: scratch)
        _ = try run(
            ["--no-pdf-header-footer", "--print-to-pdf=\(paper.path)", file.absoluteString],
            in: scratch
        )
        return Opened(
            elements: seen.output,
            console: seen.errors.split(separator: "\n").filter { $0.contains("CONSOLE") }
                .map(String.init),
            paper: (try? Data(contentsOf: paper)) ?? Data()
        )
    }

    private func run(
        _ arguments: [String],
        in scratch: ScratchFolder
    ) throws -> (output: String, errors: String) {
        let process = Process()
        process.executableURL = executable
        process.arguments =
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--enable-logging=stderr", "--user-data-dir=\(scratch.url.path)/profile",
            ] + arguments
        let files = try ["output", "errors"].map { name in
            let file = scratch.url.appending(path: name)
            try Data().write(to: file)
            return file
        }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        func text(_ file: URL) throws -> String {
            String(decoding: try Data(contentsOf: file), as: UTF8.self)
        }
        return (try text(files[0]), try text(files[1]))
    }
}
