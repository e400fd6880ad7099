import Files
import Foundation
import Runs
import TestSupport
import Testing
import Training

@Suite struct RunClaimTests {
    private let scratch: ScratchFolder
    private let options: TrainerOptions

    init() throws {
        scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data.path
        options.cache = scratch.url.appending(path: "cache")
        options.steps = 1
        self.options = options
    }

    private func contents(_ folder: RunFolder) throws -> [String: Data] {
        let manager = FileManager.default
        return try manager.subpathsOfDirectory(atPath: folder.url.path)
            .reduce(into: [:]) { files, path in
                files[path] = manager.contents(atPath: folder.url.appending(path: path).path)
            }
    }

    /// Who comes second is told who has the run and changes nothing in it; then it can go on.
    @Test func oneProcessHasARun() async throws {
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: ToyData.settings + ["training.batch=16"]
        )
        let first = try await Trainer(recipe, options: options, stop: StopRequest()).run()
        let folder = try RunFolder(opening: first.folder)
        func resumed() throws -> Trainer {
            try Trainer(resuming: "last", in: folder, options: options, stop: StopRequest())
        }
        var claim: FileClaim? = try FileClaim(
            of: folder.url.appending(path: ".lock"),
            to: "train in",
            folder.url
        )
        let before = try contents(folder)
        let second = try resumed()
        let error = await #expect(throws: FileError.self) { try await second.run() }
        #expect(
            error?.description.contains(
                "cannot train in \(folder.url.path): process \(getpid()) does so already"
            ) == true,
            "\(String(describing: error))"
        )
        #expect(try contents(folder) == before)
        withExtendedLifetime(claim) {}
        claim = nil
        let third = try await resumed().run()
        #expect(third.reason == .limit && third.step == first.step + 1, "\(third)")
    }
}
