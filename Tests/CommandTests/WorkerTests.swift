import Foundation
import Imaging
import Runs
import TestSupport
import Testing

/// The command that draws for the studio, by its lines alone.
@Suite struct WorkerTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    private func worker(_ arguments: String...) throws -> RunningWorker {
        let worker = try RunningWorker(arguments, in: scratch.url)
        #expect(try worker.replies().map(\.event) == [.ready])
        return worker
    }

    /// An order whose pictures go to a folder of its name.
    private func order(
        _ task: WorkerOrder.Task,
        _ id: String,
        _ prompt: String = "",
        indices: [Int] = [0]
    ) -> WorkerOrder {
        var order = WorkerOrder(task, id: id, prompt: prompt, folder: path(id))
        (order.seed, order.indices) = (7, indices)
        return order
    }

    private func path(_ name: String) -> String { scratch.url.appending(path: name).path }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path(name)))
    }

    private func picture(_ name: String) throws -> Picture {
        try Picture(contentsOf: URL(filePath: path(name)))
    }

    @Test func picturesAreThoseOfTheCommandAndPreviewsComeBefore() throws {
        let worker = try worker("--preload")
        var order = order(.imagine, "a", "a red apple", indices: [0, 1, 2, 3])
        order.previews = 3
        let replies = try worker.replies(to: order)
        #expect(replies.allSatisfy { $0.id == "a" })
        #expect(replies.last?.event == .done)
        let pictures = replies.filter { $0.event == .picture }
        #expect(pictures.compactMap(\.index) == [0, 1, 2, 3])
        #expect(pictures.allSatisfy { $0.width == 64 && $0.height == 64 })
        let drawn = try RunningCommand.run(
            ["imagine", "a red apple", "--seed", "7", "--out", "own"],
            in: scratch.url
        )
        #expect(drawn.status == 0, "\(drawn.errors)")
        for index in 0..<4 {
            #expect(try bytes("a/\(index).png") == bytes("own/a-red-apple-seed7-000\(index).png"))
        }
        let metadata = try PictureMetadata(contentsOf: URL(filePath: path("a/2.png")))
        #expect(metadata.source == .trainedAlgorithmicMedia)
        #expect(metadata.record == pictures[2].record)
        let previews = replies.filter { $0.event == .preview }
        #expect(previews.count == 12)
        for index in 0..<4 {
            let own = previews.filter { $0.index == index }
            #expect(own.compactMap(\.share) == [0.25, 0.5, 0.75])
            #expect(own.compactMap(\.file) == (1...3).map { path("a/\(index)-preview-\($0).png") })
        }
        let half = try PictureMetadata(contentsOf: URL(filePath: path("a/0-preview-2.png")))
        #expect(half.source == .trainedAlgorithmicMedia)
        // Rows from above are finished first.
        let (early, late) = (try picture("a/0-preview-1.png"), try picture("a/0-preview-3.png"))
        let end = try picture("a/0.png")
        #expect(early != late && late != end)
        #expect(difference(early, end) > difference(late, end))
        let shares = replies.filter { $0.event == .progress }.compactMap(\.share)
        #expect(!shares.isEmpty && shares == shares.sorted())

        // The same pictures, whatever is drawn with them; the number of previews changes nothing.
        var all = self.order(.imagine, "all", "a red apple", indices: Array(0..<8))
        #expect(try worker.replies(to: all).filter { $0.event == .picture }.count == 8)
        (all.id, all.folder, all.indices) = ("rest", path("rest"), Array(4..<8))
        #expect(try worker.replies(to: all).last?.event == .done)
        for index in 0..<8 {
            #expect(
                try bytes("all/\(index).png") == bytes("\(index < 4 ? "a" : "rest")/\(index).png")
            )
        }
        #expect(try worker.close().status == 0)
    }

    private func difference(_ first: Picture, _ second: Picture) -> Int {
        zip(first.samples, second.samples).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    }

    @Test func whatCannotBeDoneIsSaid() throws {
        let worker = try worker()
        func failure(_ line: String) throws -> WorkerReply? {
            try worker.send(line)
            let replies = try worker.replies()
            #expect(replies.count == 1 && replies[0].event == .failed, "\(replies)")
            return replies.first
        }
        #expect(try failure("{nonsense")?.code == "invalid_value")
        #expect(try failure(String(repeating: "[", count: 100_000))?.code == "invalid_value")
        #expect(try failure(String(repeating: "x", count: 2 << 20))?.code == "invalid_value")
        let unknown = try failure(#"{"id":"q","task":"fly"}"#)
        #expect(
            unknown?.id == "q" && unknown?.parameter == "task",
            "\(String(describing: unknown))"
        )

        func last(_ change: (inout WorkerOrder) -> Void) throws -> WorkerReply? {
            var order = order(.imagine, "b", "cat")
            change(&order)
            return try worker.replies(to: order).last
        }
        let gone = try last { $0.model = path("none.safetensors") }
        #expect(gone?.event == .failed && gone?.code == "model_not_found")
        let version = try last { $0.prompt = "cat --version /etc/hosts" }
        #expect(version?.code == "model_not_found" && version?.parameter == "version")
        let blocked = try last { $0.prompt = "a beheading" }
        #expect(blocked?.event == .blocked && blocked?.categories == ["violence"])
        let refused = try last { $0.prompt = "cat --niji" }
        #expect(refused?.code == "unsupported_parameter" && refused?.parameter == "niji")
        let named = try last { $0.prompt = "none.png none.png" }
        #expect(named?.code == "invalid_value" && named?.parameter == "pictures")
        #expect(try last { $0.numbers = ["zoom": 2] }?.parameter == "numbers")
        #expect(try last { $0.indices = [] }?.parameter == "indices")
        #expect(try last { $0.indices = [-1] }?.parameter == "indices")
        #expect(try last { $0.prompt = "{red, green} cat" }?.parameter == "prompt")
        try Data("no picture".utf8).write(to: URL(filePath: path("a.png")))
        let picture = try last { ($0.task, $0.pictures) = (.vary, [path("a.png")]) }
        #expect(picture?.code == "invalid_image")

        // A file of weights that ends early.
        var damaged = try Data(contentsOf: repositoryRoot.appending(path: "README.md"))
        #expect(damaged.count > 100)
        try damaged.write(to: URL(filePath: path("text.safetensors")))
        let text = try last { ($0.task, $0.model) = (.inspect, path("text.safetensors")) }
        #expect(text?.event == .failed && text?.code == "invalid_value")
        #expect(text?.message?.contains("is not a valid safetensors file") == true)
        let header = Data(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#.utf8)
        damaged = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header
        try damaged.write(to: URL(filePath: path("short.safetensors")))
        let short = try last { ($0.task, $0.model) = (.inspect, path("short.safetensors")) }
        #expect(short?.code == "invalid_value" && short?.message?.contains("16") == true)
        // It still works.
        #expect(try last { _ in }?.event == .done)
        #expect(try worker.close().status == 0)
    }

    @Test func picturesAreEditedAndRepaired() throws {
        let worker = try worker()
        #expect(try worker.replies(to: order(.imagine, "one", "red heart")).last?.event == .done)
        let heart = path("one/0.png")
        let mask = PictureMask(width: 64, height: 64, hiding: 8..<28, 8..<28)
        try mask.picture.write(to: URL(filePath: path("mask.png")))
        let before = try picture("one/0.png")
        func drawn(
            _ task: WorkerOrder.Task,
            _ change: (inout WorkerOrder) -> Void
        ) throws -> [Picture] {
            var order = order(task, task.rawValue, indices: [0, 1])
            order.pictures = [heart]
            change(&order)
            let replies = try worker.replies(to: order)
            #expect(replies.last?.event == .done, "\(replies)")
            return try replies.filter { $0.event == .picture }.compactMap(\.file).map {
                try Picture(contentsOf: URL(filePath: $0))
            }
        }
        let filled = try drawn(.inpaint) { $0.mask = path("mask.png") }
        for picture in filled {
            #expect(picture != before)
            #expect(before.filled(with: picture, at: (0, 0), where: mask) == picture)
        }
        #expect(filled.count == 2 && filled[0] != filled[1])
        let command = try RunningCommand.run(
            ["inpaint", heart, "--mask", "mask.png", "--seed", "7", "-n", "2", "--out", "own"],
            in: scratch.url
        )
        #expect(command.status == 0, "\(command.errors)")
        #expect(try picture("own/0-inpaint-seed7-0001.png") == filled[1])
        #expect(try drawn(.vary) { $0.numbers["strong"] = 0 }.count == 2)
        #expect(try drawn(.outpaint) { $0.numbers["right"] = 16 }.map(\.width) == [80, 80])
        #expect(try drawn(.outpaint) { $0.numbers["zoom"] = 1.5 }.map(\.width) == [64, 64])
        #expect(try drawn(.blend) { $0.pictures.append(heart) }.count == 2)
        #expect(try drawn(.upscale) { $0.indices = [] }.map(\.width) == [128])
        let restored = try drawn(.restore) { ($0.indices, $0.mask) = ([5], path("mask.png")) }
        #expect(
            restored.count == 1 && FileManager.default.fileExists(atPath: path("restore/5.png"))
        )
        let sized = try drawn(.imagine) {
            ($0.pictures, $0.prompt, $0.numbers) = ([], "cat", ["size": 256])
        }
        #expect(sized.map(\.width) == [256, 256])
        #expect(try worker.close().status == 0)
    }

    @Test func questionsAreAnswered() throws {
        let worker = try worker()
        func answer(_ order: WorkerOrder) throws -> WorkerAnswer? {
            let replies = try worker.replies(to: order)
            #expect(replies.map(\.event) == [.answer, .done], "\(replies)")
            return replies.first?.answer
        }
        let read = try answer(order(.read, "r", "{red, green} appple --chaos 3"))
        #expect(read?.prompts == ["red appple --chaos 3", "green appple --chaos 3"])
        #expect(read?.unknown == ["appple": "apple"])
        #expect(read?.refused?["niji"] != nil && read?.refused?["chaos"] == nil)
        let model = try answer(order(.inspect, "i"))?.model
        #expect(model?.recipe == "emoji" && model?.width == 64 && model?.takesText == true)
        let words = try answer(order(.shorten, "s", "a very red heart"))?.words
        #expect(words?.max { $0.value < $1.value }?.key == "heart")
        #expect(try worker.close().status == 0)
    }

    /// What the discriminator takes for something forbidden is kept back; the other pictures come.
    @Test func drawingsThatTheRulesForbidAreNotShown() throws {
        try Data("drawn: Smileys & Emotion\n".utf8).write(to: URL(filePath: path("rules.txt")))
        let worker = try worker("--rules", "rules.txt")
        var order = order(.imagine, "c", "grinning face", indices: [0, 1, 2, 3])
        order.previews = 2
        let replies = try worker.replies(to: order)
        let blocked = replies.filter { $0.event == .blocked }
        #expect(!blocked.isEmpty && blocked.allSatisfy { $0.index != nil })
        #expect(blocked.first?.categories == ["Smileys & Emotion"])
        #expect(blocked.count + replies.filter { $0.event == .picture }.count == 4)
        #expect(!replies.contains { $0.event == .preview } && replies.last?.event == .done)
        for picture in blocked.compactMap(\.index) {
            #expect(!FileManager.default.fileExists(atPath: path("c/\(picture).png")))
        }
        #expect(try worker.close().status == 0)
    }

    /// A worker whose studio is gone does not go on drawing.
    @Test func theEndOfInputEndsItWhileItDraws() throws {
        let worker = try worker()
        try worker.send(order(.imagine, "d", "cat", indices: Array(0..<1000)))
        Thread.sleep(forTimeInterval: 1)
        let start = Date.now
        #expect(try worker.close().status == 0)
        #expect(Date.now.timeIntervalSince(start) < 5)
    }
}
