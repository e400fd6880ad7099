import Foundation
import Imaging
import TestSupport
import Testing

/// The commands that draw, with the bundled model.
@Suite struct ImagineTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func run(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    private func json(_ ending: RunningCommand.Ending) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(ending.output.utf8))
        return try #require(value as? [String: Any])
    }

    private func pictures(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(
            atPath: scratch.url.appending(path: folder).path
        ).sorted()
    }

    @Test func aPromptBecomesPictures() throws {
        let drawn = try run("imagine", "a red appple", "--seed", "7", "--json")
        #expect(drawn.status == 0, "\(drawn.errors)")
        #expect(drawn.errors.contains("'appple'; it knows 'apple'"))
        let names =
            (0..<4).map { "a-red-appple-seed7-000\($0).png" } + ["a-red-appple-seed7-grid.png"]
        #expect(try pictures("pictures") == names)
        let job = try #require((try json(drawn)["jobs"] as? [[String: Any]])?.first)
        #expect((job["pictures"] as? [[String: Any]])?.count == 4)
        let paths = names.map { "pictures/\($0)" }
        let again = try RunningCommand.run(["rerun"] + paths, in: scratch.url)
        #expect(again.status == 0, "\(again.errors)")
        let metadata = try PictureMetadata(contentsOf: scratch.url.appending(path: paths[4]))
        #expect(metadata.source == .trainedAlgorithmicMedia)
        #expect(
            metadata.parameters?.hasPrefix("a red appple\nSeed: 7, Pictures: 4, Model: emoji")
                == true
        )
        let grid = try Picture(contentsOf: scratch.url.appending(path: paths[4]))
        #expect(grid.width == 2 * 256 + 6 && grid.height == 2 * 256 + 6)
    }

    @Test func parametersStandWithinQuotesOrWithout() throws {
        let within = try run("imagine", "cat --chaos 30", "--seed", "3", "-n", "1", "--out", "a")
        let without = try run(
            "imagine",
            "cat",
            "--chaos",
            "30",
            "--seed",
            "3",
            "-n",
            "1",
            "--out",
            "b"
        )
        #expect(within.status == 0 && without.status == 0, "\(within.errors)\(without.errors)")
        let name = try pictures("a")[0]
        #expect(
            try Data(contentsOf: scratch.url.appending(path: "a/\(name)"))
                == Data(contentsOf: scratch.url.appending(path: "b/\(name)"))
        )
    }

    @Test func alternativesAndSeedsMultiply() throws {
        let drawn = try run(
            "imagine",
            "{red, green} apple",
            "--seeds",
            "1,4-5",
            "-n",
            "1",
            "--json",
            "--quiet"
        )
        let jobs = try #require(try json(drawn)["jobs"] as? [[String: Any]])
        #expect(jobs.compactMap { $0["seed"] as? Int } == [1, 4, 5, 1, 4, 5])
        #expect(try pictures("pictures").count == 6)
    }

    @Test func aTableIsDrawn() throws {
        let table = scratch.url.appending(path: "prompts.csv")
        try Data("prompt,seed,count\n\"red, \"\"round\"\" apple\",1,2\nblue heart,,1\n".utf8)
            .write(to: table)
        let drawn = try run("imagine", "--table", "prompts.csv", "--json")
        let jobs = try #require(try json(drawn)["jobs"] as? [[String: Any]])
        #expect(jobs.compactMap { ($0["pictures"] as? [Any])?.count } == [2, 1])
        #expect(jobs.first?["prompt"] as? String == "red, \"round\" apple")
        try Data("prompt,seed\nred,x\n".utf8).write(to: table)
        let wrong = try run("imagine", "--table", "prompts.csv")
        #expect(wrong.status == 1 && wrong.errors.contains("prompts.csv:2"))
    }

    @Test func aGridIsTheProductOfItsAxes() throws {
        let drawn = try run(
            "grid",
            "a red apple",
            "--x",
            "red | green",
            "--y",
            "chaos 0-100[3]",
            "--z",
            "seed 1-2"
        )
        #expect(drawn.status == 0, "\(drawn.errors)")
        #expect(try pictures("grid").count == 2 * 3 * 2 + 2)
        let sheet = try Picture(contentsOf: scratch.url.appending(path: "grid/grid-0.png"))
        #expect(sheet.width == 2 + 3 * 258 && sheet.height == 2 + 4 * 258)
        let wrong = try run("grid", "a pear", "--x", "red | green")
        #expect(wrong.status != 0 && wrong.errors.contains("'red'"))
    }

    @Test func wordsAreWeighed() throws {
        let found = try run("shorten", "a very red heart", "--json")
        #expect(found.status == 0, "\(found.errors)")
        let words = try #require(try json(found)["words"] as? [[String: Any]])
        let weights = words.compactMap { $0["weight"] as? Double }
        #expect(words.compactMap { $0["word"] as? String } == ["a", "very", "red", "heart"])
        // Of what is asked for, "heart" says most.
        #expect(weights.max() == weights[3])
    }

    /// Whatever is drawn for them, smileys are not shown.
    @Test func kindsThatAreNotToBeShownAreKeptBack() throws {
        try Data("drawn: Smileys & Emotion\nappeal: Write to us.\n".utf8)
            .write(to: scratch.url.appending(path: "rules.txt"))
        let drawn = try run(
            "imagine",
            "grinning face",
            "--seed",
            "1",
            "--rules",
            "rules.txt",
            "--json"
        )
        let job = try #require((try json(drawn)["jobs"] as? [[String: Any]])?.first)
        let blocked = try #require(job["blocked"] as? [[String: Any]])
        let shown = try #require(job["files"] as? [String])
        #expect(!blocked.isEmpty && blocked.count + shown.count == 4)
        #expect(drawn.errors.contains("is blocked: it shows Smileys & Emotion. Write to us."))
        try Data("drawn: Ghosts\n".utf8).write(to: scratch.url.appending(path: "rules.txt"))
        let unknown = try run("imagine", "grinning face", "--rules", "rules.txt")
        #expect(unknown.status == 1 && unknown.errors.contains("Ghosts"))
    }

    /// Pictures of any kind become larger and whole; what a mask does not hide stays.
    @Test func picturesAreRepaired() throws {
        let drawn = try run("imagine", "red heart", "--seed", "1", "-n", "1", "--size", "256")
        #expect(drawn.status == 0, "\(drawn.errors)")
        let path = "pictures/red-heart-seed1-0000.png"
        let old = try Picture(contentsOf: scratch.url.appending(path: path))
        #expect(old.width == 256)
        #expect(try run("rerun", path).status == 0)
        let small = try run("imagine", "red heart", "--seed", "1", "-n", "1", "--out", "small")
        #expect(small.status == 0)
        let heart = "small/red-heart-seed1-0000.png"
        let larger = try run("upscale", heart, heart, "--json")
        #expect(larger.status == 0, "\(larger.errors)")
        #expect(
            (try json(larger)["pictures"] as? [[String: Any]])?.compactMap { $0["file"] as? String }
                .map { URL(filePath: $0).lastPathComponent } == [
                    "red-heart-seed1-0000-upscale.png", "red-heart-seed1-0000-upscale.png",
                ]
        )
        let again = try run("upscale", path, heart, "--json")
        #expect(
            (try json(again)["pictures"] as? [[String: Any]])?.compactMap { $0["file"] as? String }
                .map { URL(filePath: $0).lastPathComponent } == [
                    "red-heart-seed1-0000-upscale-2.png", "red-heart-seed1-0000-upscale.png",
                ]
        )
        let whole = try run("restore", heart, "--region", "8,8,20,20")
        #expect(whole.status == 0, "\(whole.errors)")
        let file = scratch.url.appending(path: "pictures/red-heart-seed1-0000-restore.png")
        let restored = try Picture(contentsOf: file)
        let before = try Picture(contentsOf: scratch.url.appending(path: heart))
        #expect(
            restored.cropped(x: 0, y: 28, width: before.width, height: before.height - 28)
                == before.cropped(x: 0, y: 28, width: before.width, height: before.height - 28)
        )
        #expect(try PictureMetadata(contentsOf: file).source == .trainedAlgorithmicMedia)
        for wrong in [
            ["upscale", heart, "--times", "3"], ["restore", heart, heart, "--region", "0,0,4,4"],
            ["restore", heart, "--region", "0,0,4"],
        ] {
            #expect(try RunningCommand.run(wrong, in: scratch.url).status == 2, "\(wrong)")
        }
        let drawing = try run("imagine", "cat", "--model", "upscale")
        #expect(drawing.status == 1 && drawing.errors.contains("draws none"), "\(drawing.errors)")
    }

    /// Printed, animated and 16-bit pictures are edited like others: of a film the first picture is.
    @Test func unusualPicturesAreEdited() throws {
        let deep = Picture(
            width: 8,
            height: 8,
            channels: 3,
            sixteenBitSamples: (0..<192).map { $0 * 300 }
        )
        try deep.write(to: scratch.url.appending(path: "deep.png"))
        try #require(PictureFixtures.printed).write(to: scratch.url.appending(path: "printed.jpg"))
        try #require(PictureFixtures.animation).write(to: scratch.url.appending(path: "film.gif"))
        for name in ["deep.png", "printed.jpg", "film.gif"] {
            for arguments in [
                ["vary", name, "-n", "1"], ["inpaint", name, "--region", "0,0,2,2", "-n", "1"],
                ["outpaint", name, "--aspect", "3:2", "-n", "1"], ["upscale", name],
                ["restore", name],
                ["describe", name], ["blend", name, "deep.png", "-n", "1"],
            ] {
                let ending = try RunningCommand.run(arguments, in: scratch.url)
                #expect(ending.status == 0, "\(arguments): \(ending.errors)")
            }
        }
    }

    @Test func brokenPicturesAreNamed() throws {
        try Data("no picture".utf8).write(to: scratch.url.appending(path: "a.png"))
        for arguments in [
            ["vary", "a.png"], ["describe", "a.png"], ["inpaint", "a.png", "--region", "0,0,4,4"],
            ["blend", "a.png", "none.png"], ["upscale", "a.png"], ["restore", "a.png"],
            ["rerun", "a.png"], ["imagine", "a.png", "red"],
        ] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            #expect(ending.status == 1, "\(arguments): \(ending.errors)")
            #expect(ending.errors.contains("a.png"), "\(arguments): \(ending.errors)")
        }
    }
}
