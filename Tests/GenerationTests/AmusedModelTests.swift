import Foundation
import Generation
import Imaging
import Prompts
import Requests
import TestSupport
import Testing
import Torch
import Weights

/// A small random aMUSEd as a model: added, asked, and given pictures to change.
@Suite("aMUSEd as a model")
struct AmusedModelTests {
    private let model: GeneratorModel
    private let scratch: ScratchFolder

    init() throws {
        GeneratorModel.setThreads(1)
        model = try GeneratorModel(contentsOf: AmusedTests.folder)
        scratch = try ScratchFolder()
    }

    /// What a request makes.
    private func made(
        _ task: PictureTask = .imagine,
        _ pictures: [String] = [],
        _ prompt: String = "a red cat",
        seed: UInt64 = 4,
        first: Int = 0,
        count: Int = 1,
        _ change: (inout PictureRequest) -> Void = { _ in },
        tell: (PictureEvent) throws -> Void = { _ in }
    ) throws -> [Drawing] {
        var request = PictureRequest(
            task,
            try PictureRequest.prompt(prompt),
            seed: seed,
            first: first,
            count: count,
            pictures: pictures
        )
        change(&request)
        var found: [Drawing] = []
        try withoutActuallyEscaping(tell) { tell in
            try model.perform(request, by: PromptRules()) { event in
                try tell(event)
                if case .picture(_, let drawing) = event { found.append(drawing) }
            }
        }
        return found
    }

    /// A picture of stripes, in a file.
    private func file(_ name: String, _ width: Int = 12, _ height: Int = 12) throws -> String {
        let samples = (0..<width * height * 3).map {
            UInt8(truncatingIfNeeded: $0 / 3 % width / 4 * 80 + $0 % 3 * (name == "a" ? 20 : 70))
        }
        let url = scratch.url.appending(path: "\(name).png")
        try Picture(width: width, height: height, channels: 3, samples: samples).write(to: url)
        return url.path
    }

    @Test("a folder that was added draws a prompt; its terms and memory are told")
    func addedFolder() throws {
        let models = InstalledModels(in: scratch.url.appending(path: "models"))
        let added = try models.add(AmusedTests.folder, as: "small")
        #expect(added.map(\.name) == ["small"] && added[0].family == "amused")
        #expect(added[0].bytes > 150_000 && added[0].terms?.contains("Open RAIL++-M") == true)
        let needs = try #require(try models.memory(of: "small"))
        #expect(needs.count == 1 && needs[0].one > 600_000_000)
        let place = try #require(models.place(of: "small"))
        let linked = try GeneratorModel(contentsOf: place)
        #expect(linked.size == (12, 12) && linked.description.recipe == "small")
        #expect(linked.digest == model.digest && linked.summary.takesText)
        #expect(throws: GenerationError.notPublished(name: "small")) {
            try models.quantise("small", to: .int8)
        }
        #expect(try models.remove("small") == 0)
        #expect(PublishedFolder.isOne(AmusedTests.folder))
    }

    @Test("a picture is the same in any company and again from its record, and is shown on the way")
    func company() throws {
        var shown: [Int] = []
        let all = try made(.imagine, [], "a red cat --no mat", count: 4) {
            $0.previews = 3
        } tell: { event in
            if case .preview(let index, _, let share, let picture) = event {
                #expect(picture.width == 12 && share > 0)
                shown.append(index)
            }
        }
        #expect(shown.count == 12)
        #expect(Set(all.map(\.picture.samples)).count == 4)
        let alone = try made(.imagine, [], "a red cat --no mat", first: 2)
        #expect(alone[0].picture == all[2].picture)
        let again = try model.draw(again: all[1].record, name: "b")
        #expect(again.picture == all[1].picture)
        let freed = try made(.imagine, [], "a red cat", count: 4)
        #expect(freed.map(\.picture) != all.map(\.picture))
        #expect(try made(.imagine, [], "a red cat", seed: 5)[0].picture != freed[0].picture)
    }

    @Test("guidance, temperature, the number of steps, stopping and oddity change what is drawn")
    func sampling() throws {
        let usual = try made()[0]
        #expect(usual.record.sampling.guidance == 10)
        var others: [[UInt8]] = []
        for change: (inout SamplingChanges) -> Void in [
            { $0.guidance = 1 }, { $0.temperature = 0 }, { $0.steps = 3 }, { $0.temperature = 3 },
        ] {
            var changes = SamplingChanges()
            change(&changes)
            let drawn = try made(.imagine, [], "a red cat") { $0.sampling = changes }
            others.append(drawn[0].picture.samples)
            let again = try model.draw(again: drawn[0].record, name: "again")
            #expect(again.picture == drawn[0].picture)
        }
        others.append(try made(.imagine, [], "a red cat --stop 30")[0].picture.samples)
        #expect(!others.contains(usual.picture.samples) && Set(others).count == others.count)
        #expect(
            try made(.imagine, [], "a red cat --weird 1000", count: 4).map(\.picture)
                != made(count: 4).map(\.picture)
        )
        // Nothing is left to chance at a temperature of 0.
        var calm = SamplingChanges()
        calm.temperature = 0
        #expect(
            try made(.imagine, [], "a red cat", seed: 1) { $0.sampling = calm }[0].picture
                == made(.imagine, [], "a red cat", seed: 2) { $0.sampling = calm }[0].picture
        )
    }

    @Test("texts that are too long are told, and the beginning counts")
    func longTexts() throws {
        let long = String(repeating: "red cat ", count: 8)
        let prompt = try #require(try PictureRequest.prompt(long))
        #expect(model.longTexts(in: prompt).count == 1)
        let short = try #require(try PictureRequest.prompt("a red cat"))
        #expect(model.longTexts(in: short).isEmpty)
        let more = long + "red cat"
        #expect(try made(.imagine, [], long)[0].picture == made(.imagine, [], more)[0].picture)
    }

    @Test("variations and blends are drawn, each the same in any company")
    func variations() throws {
        let source = try file("a")
        let strong = try made(.vary(.strong), [source], count: 3)
        #expect(strong[0].record.edit?.name == "vary")
        #expect(Set(strong.map(\.picture.samples)).count == 3)
        let subtle = try made(.vary(.subtle), [source], count: 3)
        #expect(subtle.map(\.picture) != strong.map(\.picture))
        #expect(try made(.vary(.strong), [source], first: 2)[0].picture == strong[2].picture)
        let blend = try made(.blend(weights: [3, 1]), [source, file("b")], count: 2)
        #expect(blend.count == 2 && blend[0].picture != blend[1].picture)
        #expect(try made(.imagine, [source])[0].picture != made()[0].picture)
    }

    @Test("what is visible stays to the last bit; what is hidden follows the seed")
    func infilling() throws {
        let source = try file("a", 18, 12)
        let own = try Picture(contentsOf: URL(filePath: source))
        let hide = { (request: inout PictureRequest) in
            request.region = Region(left: 4, top: 3, width: 9, height: 7)
        }
        let filled = try made(.inpaint, [source], count: 2, hide)
        for drawing in filled {
            for y in 0..<12 {
                for x in 0..<18 where !(4..<13).contains(x) || !(3..<10).contains(y) {
                    let at = (y * 18 + x) * 3
                    #expect(
                        drawing.picture.samples[at..<at + 3].elementsEqual(own.samples[at..<at + 3])
                    )
                }
            }
        }
        #expect(filled[0].picture != own && filled[0].picture != filled[1].picture)
        #expect(
            try made(.inpaint, [source], count: 2, hide).map(\.picture) == filled.map(\.picture)
        )
        let wide = try made(.outpaint(.shares(Sides(left: 0.5))), [try file("c")])[0].picture
        #expect(wide.width == 18 && wide.height == 12)
        #expect(try made(.tile, [try file("c")])[0].picture.width == 12)
    }

    @Test("what is missing or other is said")
    func refusals() throws {
        func said(_ change: (URL) throws -> Void) throws -> String {
            let scratch = try ScratchFolder()
            let copy = scratch.url.appending(path: "model")
            try FileManager.default.copyItem(at: AmusedTests.folder, to: copy)
            try change(copy)
            do {
                _ = try InstalledModels(in: scratch.url).add(copy, as: "x")
            } catch {
                return "\(error)"
            }
            return "nothing"
        }
        func replace(_ old: String, _ new: String, in name: String) -> (URL) throws -> Void {
            { folder in
                let file = folder.appending(path: name)
                let text = try String(contentsOf: file, encoding: .utf8)
                #expect(text.contains(old))
                try text.replacingOccurrences(of: old, with: new)
                    .write(to: file, atomically: true, encoding: .utf8)
            }
        }
        func remove(_ names: String...) -> (URL) throws -> Void {
            { folder in
                for name in names {
                    try FileManager.default.removeItem(at: folder.appending(path: name))
                }
            }
        }
        let transformer = "transformer/config.json"
        for (change, wanted) in [
            (remove("vqvae/diffusion_pytorch_model.safetensors"), "vqvae: there is no model"),
            (remove("scheduler/scheduler_config.json"), "scheduler/scheduler_config.json"),
            (
                remove("tokenizer/tokenizer.json", "tokenizer/merges.txt"),
                "tokenizer/tokenizer.json"
            ),
            (replace("AmusedPipeline", "OtherPipeline", in: "model_index.json"), "OtherPipeline"),
            (replace("\"vqvae\"", "\"../vqvae\"", in: "model_index.json"), "one beside it"),
            (replace(": 32,", ": 31,", in: transformer), "31"),
            (replace("\"use_bias\": false", "\"use_bias\": true", in: transformer), "use_bias"),
            (replace("\"upsample\": false", "\"upsample\": true", in: transformer), "upsample"),
            (
                replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", in: transformer),
                "transformer_layers.2"
            ),
            (replace(": 39", ": 40", in: "scheduler/scheduler_config.json"), "mask_token_id"),
            (replace("\"gelu\"", "\"relu\"", in: "text_encoder/config.json"), "hidden_act"),
            (
                replace("_attention\": false", "_attention\": true", in: "vqvae/config.json"),
                "mid_block_add_attention"
            ),
            (replace("endoftext", "theend", in: "tokenizer/vocab.json"), "<|endoftext|>"),
        ] {
            let found = try said(change)
            #expect(found.contains(wanted), "\(wanted): \(found)")
        }
        // The one file that newer programs write says the same as the two.
        #expect(try said(remove("tokenizer/merges.txt", "tokenizer/vocab.json")) == "nothing")
        let copy = scratch.url.appending(path: "newer")
        try FileManager.default.copyItem(at: AmusedTests.folder, to: copy)
        try remove("tokenizer/merges.txt", "tokenizer/vocab.json")(copy)
        let newer = try GeneratorModel(contentsOf: copy)
        let prompt = "One naïve DOG, it's 3 dogs"
        let request = try newer.request(
            try #require(try PictureRequest.prompt(prompt)),
            seed: 4,
            indices: [0]
        )
        #expect(try newer.draw(request)[0].picture == made(.imagine, [], prompt)[0].picture)
    }
}
