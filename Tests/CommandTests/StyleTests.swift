import Foundation
import Imaging
import Settings
import TestSupport
import Testing

@Suite struct StyleTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        let samples = (0..<40 * 30 * 4).map { UInt8(truncatingIfNeeded: $0 / 7 * 13) }
        try Picture(width: 40, height: 30, channels: 4, samples: samples)
            .write(to: scratch.url.appending(path: "cat.png"))
        try FileManager.default.createDirectory(
            at: scratch.url.appending(path: "other"),
            withIntermediateDirectories: false
        )
        try Picture(width: 40, height: 30, channels: 4, samples: samples.reversed())
            .write(to: scratch.url.appending(path: "other/cat.png"))
    }

    private func run(_ arguments: String...) throws -> RunningCommand.Ending {
        try RunningCommand.run(arguments, in: scratch.url)
    }

    /// Names in any language do; files say what was done, and are made again from that.
    @Test func picturesGetStyles() throws {
        let made = try run(
            "style",
            "cat.png",
            "other/cat.png",
            "cat.png",
            "--as",
            "Oil painting",
            "--as",
            "水彩",
            "--seed",
            "5",
            "--strength",
            "0.5",
            "--json"
        )
        #expect(made.status == 0, "\(made.errors)")
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
        )
        let rows = try #require(report["pictures"] as? [[String: Any]])
        let files = rows.compactMap { $0["file"] as? String }
        #expect(
            files.map { URL(filePath: $0).lastPathComponent } == [
                "cat-oil.png", "cat-watercolour.png", "cat-oil-2.png", "cat-watercolour-2.png",
                "cat-oil.png", "cat-watercolour.png",
            ],
            "other pictures of a name have numbers, the same ones are there already"
        )
        #expect(rows.allSatisfy { $0["width"] as? Int == 40 && $0["height"] as? Int == 30 })
        let oil = scratch.url.appending(path: "pictures/cat-oil.png")
        let picture = try Picture(contentsOf: scratch.url.appending(path: "cat.png"))
        let expected = try PictureStyle.oil.applied(to: picture, seed: 5, strength: 0.5)
        #expect(try Picture(contentsOf: oil) == expected)
        let metadata = try PictureMetadata(contentsOf: oil)
        #expect(metadata.source == .algorithmicallyEnhanced)
        #expect(metadata.parameters == "Seed: 5, Style: oil, Strength: 0.5")
        let again = try run("rerun", "pictures/cat-oil.png", "pictures/cat-watercolour-2.png")
        #expect(again.status == 0, "\(again.output) \(again.errors)")
        try FileManager.default.removeItem(at: scratch.url.appending(path: "cat.png"))
        let lost = try run("rerun", "pictures/cat-oil.png")
        #expect(lost.status == 1 && lost.errors.contains("cat.png"), "\(lost.errors)")
    }

    /// What a model drew stays marked as that, and keeps its prompt.
    @Test func drawingsStayDrawings() throws {
        let mark = PictureMetadata(source: .trainedAlgorithmicMedia)
        try Picture(width: 9, height: 7, channels: 1, filledWith: .white)
            .write(to: scratch.url.appending(path: "drawn.jpg"), metadata: mark)
        let made = try run("style", "drawn.jpg", "--as", "pixel-art", "--out", "new")
        #expect(made.status == 0, "\(made.errors)")
        let file = scratch.url.appending(path: "new/drawn-pixel-art.png")
        #expect(try PictureMetadata(contentsOf: file).source == .trainedAlgorithmicMedia)
        #expect(try Picture(contentsOf: file).channels == 1)
    }

    @Test func wrongWishesAreNamed() throws {
        for (arguments, word) in [
            (["style", "cat.png"], "--as"),
            (["style", "cat.png", "--as", "cubism"], "watercolour"),
            (["style", "cat.png", "--as", "oil", "--strength", "1.5"], "0 to 1"),
            (["style", "--as", "oil"], "pictures"),
        ] {
            let ending = try RunningCommand.run(arguments, in: scratch.url)
            #expect(ending.status == 2 && ending.errors.contains(word), "\(ending.errors)")
        }
        let missing = try run("style", "none.png", "--as", "oil")
        #expect(missing.status == 1 && missing.errors.contains("none.png"), "\(missing.errors)")
    }
}
