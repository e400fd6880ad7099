import Foundation
import Imaging
import TestSupport
import Testing

/// Files as people have them, in commands as they are typed.
@Suite struct FilesOfPeopleTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func run(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    private func write(_ count: Int, to folder: String) throws {
        let place = scratch.url.appending(path: folder)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for number in 0..<count {
            try ToyPicture.noise(number).write(to: place.appending(path: "\(number).png"))
        }
    }

    /// Classes that are called like the parts of a set are classes, in the check and in a training to its end.
    @Test(arguments: [["bicycle", "car", "train", "test"], ["bicycle", "car", "train"]])
    func classesLikeParts(_ names: [String]) throws {
        for name in names { try write(12, to: "set/\(name)") }
        let check = try run("data", "check", "set")
        #expect(check.status == 0, "\(check.errors)")
        for name in names { #expect(check.output.contains("  \(name): "), "\(check.output)") }
        #expect(!check.output.contains("left out") && !check.output.contains("emptyClass"))
        let trained = try run(
            "train",
            "dcgan",
            "--data",
            "set",
            "--batch",
            "4",
            "--steps",
            "1",
            "--quiet",
            "--set",
            "data.set=folder",
            "--set",
            "evaluation.every-epochs=0",
            "--set",
            "model.latent=8",
            "--set",
            "model.generator.widths=[8,8,8]",
            "--set",
            "model.discriminator.widths=[8,8,8]"
        )
        #expect(trained.status == 0, "\(trained.errors)")
        let runs = scratch.url.appending(path: "runs")
        let run = try #require(FileManager.default.contentsOfDirectory(atPath: runs.path).first)
        let info = try self.run("info", "runs/\(run)")
        #expect(!info.output.contains("running") && !info.output.contains("failed"))
    }

    /// A name of as many bytes as there can be becomes a shorter one, and the picture is not lost.
    @Test(arguments: ["x", "红"])
    func longestNames(_ letter: String) throws {
        let stem = String(repeating: letter, count: 251 / letter.utf8.count)
        let name = stem + String(repeating: "y", count: 251 - stem.utf8.count) + ".png"
        try #require(name.utf8.count == 255)
        try ToyPicture.noise(1).write(to: scratch.url.appending(path: name))
        let ending = try run("upscale", name, "--out", "larger")
        #expect(ending.status == 0, "\(ending.errors)")
        let made = try FileManager.default.contentsOfDirectory(
            atPath: scratch.url.appending(path: "larger").path
        )
        #expect(made.count == 1 && made.allSatisfy { $0.hasSuffix("upscale.png") }, "\(made)")
    }

    /// What a picture says of itself is shown, and steers no terminal.
    @Test func wordsInPictures() throws {
        let said = "a fox\u{1B}]0;title\u{7}\u{1B}[31m\u{202E}\nSteps: 3, Seed: 7"
        let data = try ToyPicture.noise(1)
            .encoded(as: .png, metadata: PictureMetadata(title: "t\u{9B}2J", parameters: said))
        try data.write(to: scratch.url.appending(path: "a.png"))
        for arguments in [["info", "a.png"], ["info", "a.png", "--json"], ["rerun", "a.png"]] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            let text = ending.output + ending.errors
            let steering = text.unicodeScalars.filter {
                $0.properties.generalCategory == .control && $0 != "\n" || $0 == "\u{202E}"
            }
            #expect(steering.isEmpty, "\(arguments): \(steering)")
            if arguments[0] == "info" { #expect(text.contains("a fox") && text.contains("Seed")) }
        }
    }

    /// A list of what to avoid is followed whole, behind `--no` as in other programs.
    @Test func listsOfWhatToAvoid() throws {
        let ending = try run(
            "imagine",
            "a red apple --no leaf, tree",
            "--seed",
            "1",
            "-n",
            "1",
            "--json"
        )
        #expect(ending.status == 0, "\(ending.errors)")
    }

    /// A table of which nothing would be drawn is no success.
    @Test func tablesWithoutRows() throws {
        for text in ["prompt,seed\n", ""] {
            try Data(text.utf8).write(to: scratch.url.appending(path: "t.csv"))
            let ending = try run("imagine", "--table", "t.csv")
            #expect(ending.status == 1 && ending.errors.contains("t.csv"), "\(ending.errors)")
        }
    }

    /// A set of which nothing is left has nothing to show, and says so.
    @Test func setsWithoutPictures() throws {
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "empty/none"),
            withIntermediateDirectories: true
        )
        try write(1, to: "one/a")
        for arguments in [["empty"], ["empty", "--split", "test"]] {
            let ending = try RunningCommand.run(["data", "preview"] + arguments, in: scratch.url)
            #expect(ending.status == 1, "\(arguments): \(ending.errors)")
            #expect(ending.errors.contains("no pictures"), "\(ending.errors)")
        }
        let far = try run("data", "preview", "one", "--first", "\(Int.max)")
        #expect(far.status == 2 && far.errors.contains("--first"), "\(far.errors)")
    }

    /// Files of weights that other programs wrote are no pictures.
    @Test(arguments: ["archive.pt", "legacy.pt", "plain-4.pkl"])
    func otherWeights(name: String) throws {
        let file = repositoryRoot.appending(path: "Tests/Fixtures/weights/\(name)")
        let info = try run("info", file.path, "--json")
        #expect(info.status == 0, "\(info.errors)")
        #expect(info.errors.contains("tensors"), "\(info.errors)")
    }

    /// Numbers of options as they come from Chinese keyboards.
    @Test func numbersOfOtherKeyboards() throws {
        try write(2, to: "set/a")
        let shown = try run("data", "preview", "set", "--count", "２", "--size=６４", "--out", "shown")
        #expect(shown.status == 0, "\(shown.errors)")
        let drawn = try run(
            "imagine",
            "a red apple",
            "--seeds",
            "１，３－４",
            "--count",
            "１",
            "--json",
            "--quiet"
        )
        #expect(drawn.status == 0 && !drawn.errors.contains("Error"), "\(drawn.errors)")
        let planned = try run(
            "train",
            "dcgan",
            "--set",
            "ｔｒａｉｎｉｎｇ．batch＝０",
            "--set",
            "training。epochs=３",
            "--dry-run"
        )
        #expect(planned.errors.contains("has 1 problem:"), "\(planned.errors)")
        #expect(planned.errors.contains("training.batch: expected a whole number"))
    }
}
