import Foundation
import Imaging
import Prompts
import Requests
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
        _ id: String,
        _ prompt: String = "",
        _ task: PictureTask = .imagine,
        first: Int = 0,
        count: Int = 1
    ) throws -> WorkerOrder {
        let request = PictureRequest(
            task,
            try PictureRequest.prompt(prompt),
            seed: 7,
            first: first,
            count: count
        )
        return WorkerOrder(request, id: id, folder: path(id))
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
        let order = try order("a", "a red apple", count: 4).changed { $0.previews = 3 }
        let replies = try worker.replies(to: order)
        #expect(replies.allSatisfy { $0.id == "a" })
        #expect(replies.last?.event == .done)
        let pictures = replies.filter { $0.event == .picture }
        #expect(pictures.compactMap(\.index) == [0, 1, 2, 3])
        #expect(pictures.allSatisfy { $0.width == 256 && $0.height == 256 })
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
        // Previews have the size that the model draws in.
        let end = try picture("a/0.png").resized(width: early.width, height: early.height)
        #expect(early != late && late != end)
        #expect(difference(early, end) > difference(late, end))
        let shares = replies.filter { $0.event == .progress }.compactMap(\.share)
        #expect(!shares.isEmpty && shares == shares.sorted())

        // The same pictures, whatever is drawn with them; the number of previews changes nothing.
        let all = try self.order("all", "a red apple", count: 8)
        #expect(try worker.replies(to: all).filter { $0.event == .picture }.count == 8)
        let rest = try self.order("rest", "a red apple", first: 4, count: 4)
        #expect(try worker.replies(to: rest).last?.event == .done)
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

        func last(
            _ task: PictureTask = .imagine,
            _ prompt: String = "cat",
            _ change: (inout PictureRequest) -> Void = { _ in }
        ) throws -> WorkerReply? {
            try worker.replies(to: try order("b", prompt, task).changed(change)).last
        }
        let gone = try last { $0.model = path("none.safetensors") }
        #expect(gone?.event == .failed && gone?.code == "model_not_found")
        let version = try last(.imagine, "cat --version /etc/hosts")
        #expect(version?.code == "model_not_found" && version?.parameter == "version")
        let blocked = try last(.imagine, "a beheading")
        #expect(blocked?.event == .blocked && blocked?.categories == ["violence"])
        let refused = try last(.imagine, "cat --niji")
        #expect(refused?.code == "unsupported_parameter" && refused?.parameter == "niji")
        let named = try last(.imagine, "none.png none.png")
        #expect(named?.code == "invalid_value" && named?.parameter == "pictures")
        #expect(try last { $0.count = 0 }?.parameter == "count")
        #expect(try last { $0.first = -1 }?.parameter == "first")
        try Data("no picture".utf8).write(to: URL(filePath: path("a.png")))
        let picture = try last(.vary(.strong)) { $0.pictures = [path("a.png")] }
        #expect(picture?.code == "invalid_image")
        let mask = try last(.inpaint) {
            ($0.pictures, $0.mask) = ([path("b/0.png")], path("a.png"))
        }
        #expect(mask?.code == "invalid_image")
        let line = #"{"id":"l","folder":"/tmp/x","request":{"task":"imagine","prompt":"#
        let braces = try failure(line + #""{red, green} cat"}}"#)
        #expect(braces?.id == "l" && braces?.parameter == "prompt")
        let numbers = try failure(line + #""a cat","numbers":{"zoom":2}}}"#)
        #expect(numbers?.id == "l" && numbers?.parameter == "numbers")

        // A file of weights that ends early.
        var damaged = try Data(contentsOf: repositoryRoot.appending(path: "README.md"))
        #expect(damaged.count > 100)
        try damaged.write(to: URL(filePath: path("text.safetensors")))
        func inspected(_ name: String) throws -> WorkerReply? {
            try worker.replies(to: WorkerOrder(.inspect, id: "w", model: path(name))).last
        }
        let text = try inspected("text.safetensors")
        #expect(text?.event == .failed && text?.code == "invalid_value")
        #expect(text?.message?.contains("is not a valid safetensors file") == true)
        let header = Data(#"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"#.utf8)
        damaged = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) } + header
        try damaged.write(to: URL(filePath: path("short.safetensors")))
        let short = try inspected("short.safetensors")
        #expect(short?.code == "invalid_value" && short?.message?.contains("16") == true)
        // It still works.
        #expect(try last()?.event == .done)
        #expect(try worker.close().status == 0)
    }

    @Test func picturesAreEditedAndRepaired() throws {
        let worker = try worker()
        #expect(try worker.replies(to: try order("one", "red heart")).last?.event == .done)
        let heart = path("one/0.png")
        let before = try picture("one/0.png")
        let side = before.width
        let mask = PictureMask(width: side, height: side, hiding: 8..<68, 8..<68)
        try mask.picture.write(to: URL(filePath: path("mask.png")))
        func drawn(
            _ task: PictureTask,
            _ change: (inout PictureRequest) -> Void = { _ in }
        ) throws -> [Picture] {
            let count = task.name.form.makesOne ? 1 : 2
            let order = try order(task.name.rawValue, "", task, count: count).changed {
                $0.pictures = [heart]
                change(&$0)
            }
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
        let region = Region(left: 8, top: 8, width: 60, height: 60)
        let same = try drawn(.inpaint) { $0.region = region }
        #expect(same == filled)
        #expect(try drawn(.vary(.subtle)).count == 2)
        #expect(
            try drawn(.outpaint(.pixels(Sides(right: 16)))).map(\.width) == [side + 16, side + 16]
        )
        let wider = [side * 5 / 4, side * 5 / 4]
        #expect(try drawn(.outpaint(.shares(Sides(right: 0.25)))).map(\.width) == wider)
        let widest = [side * 3 / 2, side * 3 / 2]
        #expect(try drawn(.outpaint(.aspect(width: 3, height: 2))).map(\.width) == widest)
        #expect(try drawn(.outpaint(.zoom(1.5))).map(\.width) == [side, side])
        #expect(try drawn(.tile).map(\.width) == [side, side])
        #expect(try drawn(.blend(weights: [])) { $0.pictures.append(heart) }.count == 2)
        #expect(try drawn(.blend(weights: [3, 1])) { $0.pictures.append(heart) }.count == 2)
        #expect(try drawn(.upscale(times: 2)).map(\.width) == [2 * side])
        let restored = try drawn(.restore) { ($0.first, $0.mask) = (5, path("mask.png")) }
        #expect(
            restored.count == 1 && FileManager.default.fileExists(atPath: path("restore/5.png"))
        )
        let sized = try drawn(.imagine) {
            ($0.pictures, $0.prompt, $0.size) = (
                [], Prompt(parts: [.init(text: "cat", weight: 1)]), 200
            )
        }
        #expect(sized.map(\.width) == [200, 200])
        #expect(try worker.close().status == 0)
    }

    @Test func questionsAreAnswered() throws {
        let worker = try worker()
        func answer(_ order: WorkerOrder) throws -> WorkerAnswer? {
            let replies = try worker.replies(to: order)
            #expect(replies.map(\.event) == [.answer, .done], "\(replies)")
            return replies.first?.answer
        }
        let read = try answer(
            WorkerOrder(.read("{red, green} appple --chaos 3"), id: "r", model: nil)
        )
        #expect(read?.prompts == ["red appple --chaos 3", "green appple --chaos 3"])
        #expect(read?.unknown == ["appple": "apple"])
        #expect(read?.refused?["niji"] != nil && read?.refused?["chaos"] == nil)
        let model = try answer(WorkerOrder(.inspect, id: "i", model: nil))?.model
        #expect(model?.usualSide == 256 && model?.takesText == true)
        let words = try answer(WorkerOrder(.shorten("a very red heart"), id: "s", model: nil))?
            .words
        #expect(words?.max { $0.value < $1.value }?.key == "heart")
        #expect(try worker.close().status == 0)
    }

    /// What the discriminator takes for something forbidden is kept back; the other pictures come.
    @Test func drawingsThatTheRulesForbidAreNotShown() throws {
        try Data("drawn: Smileys & Emotion\n".utf8).write(to: URL(filePath: path("rules.txt")))
        let worker = try worker("--rules", "rules.txt")
        let order = try order("c", "grinning face", count: 4).changed { $0.previews = 2 }
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
        try worker.send(try order("d", "cat", count: 1000))
        Thread.sleep(forTimeInterval: 1)
        let start = Date.now
        #expect(try worker.close().status == 0)
        #expect(Date.now.timeIntervalSince(start) < 5)
    }
}

extension WorkerOrder {
    /// The order with another request.
    fileprivate func changed(_ change: (inout PictureRequest) -> Void) -> WorkerOrder {
        guard case .pictures(var request, let folder) = task else { return self }
        change(&request)
        return WorkerOrder(request, id: id, folder: folder)
    }
}
