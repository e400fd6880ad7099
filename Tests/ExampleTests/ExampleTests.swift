import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

/// The page that shows a whole train step does what it says, on a few real pictures.
@Suite struct ExampleTests {
    private static let isInstalled = EmojiFont.noto.isInstalled && (try? EmojiSource()) != nil

    @Test(.enabled(if: isInstalled, "the emoji packages are not installed"))
    func fewStepsTrainAndDraw() throws {
        let scratch = try ScratchFolder()
        let emoji = try EmojiSource(pixels: 32)
        let folder = scratch.url.appending(path: "real")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for index in 0..<64 {
            let picture = try emoji.picture(at: index)
            try picture.write(to: folder.appending(path: "\(index).png"))
        }
        let drawn = scratch.url.appending(path: "drawn.png")
        let said = try run(["3", drawn.path, folder.path], cache: scratch.url)
        let losses = said.split(separator: "\n").filter { $0.hasPrefix("step ") }.map { line in
            line.split { ": ,".contains($0) }.compactMap { Double($0) }
        }
        #expect(losses.map { $0.first } == [1, 2, 3], "\(said)")
        #expect(losses.allSatisfy { $0.count == 3 && $0.allSatisfy(\.isFinite) }, "\(said)")
        #expect(Set(losses.map { $0.last }).count == 3, "the drawer does not learn: \(said)")
        let sheet = try Picture(contentsOf: drawn)
        #expect((sheet.width, sheet.height, sheet.channels) == (274, 274, 3))
        // After three steps there is little but noise.
        #expect(Set(sheet.samples).count > 16, "nothing is drawn")
    }

    /// What the example says on standard output.
    private func run(_ arguments: [String], cache: URL) throws -> String {
        let process = Process()
        let output = Pipe()
        let places = ["release", "debug"].map {
            repositoryRoot.appending(path: ".build/\($0)/dcgan-example")
        }
        let built = places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        let program: URL = try #require(built, "no dcgan-example: make build-tests builds it")
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["ATELIER_CACHE": cache.path]) { $1 }
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(bytes: bytes, encoding: .utf8) ?? ""
    }
}
