import Autoregressive
import Foundation
import Generation
import Hub
import Imaging
import Prompts
import TestSupport
import Testing
import Torch
import Weights

/// A small random Janus beside what the transformers library draws with it.
@Suite("Janus")
struct JanusTests {
    static let folder = repositoryRoot.appending(path: "Tests/Fixtures/janus")

    struct Expected: Decodable {
        let prompt: String
        let guidance: Double
        let pieces: [Int]
        let codes: [Int]
        let logits: [Double]
        let picture: [Double]
    }

    /// Steps this small are not worth a second thread.
    init() { GeneratorModel.setThreads(1) }

    static func expected() throws -> [Expected] {
        try JSONDecoder().decode(
            [Expected].self,
            from: Data(contentsOf: folder.appending(path: "expected.json"))
        )
    }

    static func networks(
        _ place: URL = folder
    ) throws -> (transformer: JanusTransformer, tokenizer: VQGAN) {
        let published = try PublishedFolder(place)
        let weights = try JanusWeights(
            configuration: published.configuration,
            shapes: published.shapes,
            origin: place.path
        )
        return (
            try weights.transformer(on: .cpu, read: published.tensor),
            try weights.tokenizer(read: published.tensor)
        )
    }

    static func guided(_ wanted: Expected) -> JanusTransformer.GuidedTexts {
        // The pad is the third mark of the small tokenizer.
        let pad = wanted.pieces[0] + 2
        let open = wanted.pieces.indices.map {
            $0 == 0 || $0 == wanted.pieces.count - 1 ? wanted.pieces[$0] : pad
        }
        return .init([wanted.pieces, open], weights: [wanted.guidance, 1 - wanted.guidance])
    }

    private static var greedy: TokenSampling {
        var sampling = TokenSampling()
        sampling.temperature = 0
        return sampling
    }

    @Test("greedy codes are those of the library, with guidance and without")
    func codes() throws {
        let (transformer, tokenizer) = try Self.networks()
        for wanted in try Self.expected() {
            let found = transformer.drawn(
                Self.guided(wanted),
                Self.greedy,
                by: .zeros([2, wanted.codes.count])
            )
            let codes: [Int] = found.codes.elements()
            #expect(codes == wanted.codes + wanted.codes)
            let picture = tokenizer.pictures(
                of: found.codes.sliced(0..<1, along: 0),
                rows: 8,
                columns: 8
            )
            let shown = ((picture + 1) * 127.5).clamped(from: 0, to: 255).permuted([0, 2, 3, 1])
            let distance = zip(shown.contiguous().doubles(), wanted.picture).map { abs($0 - $1) }
            #expect(shown.count == wanted.picture.count)
            #expect(try #require(distance.max()) < 0.05)
        }
    }

    @Test("the authors' names, in one file, give the same codes")
    func originalNames() throws {
        let scratch = try ScratchFolder()
        let published = try PublishedFolder(Self.folder)
        let tensors = try published.shapes.keys.map { name in
            (name: Self.original(name), tensor: try published.tensor(name))
        }
        try Safetensors.write(tensors, to: scratch.url.appending(path: "model.safetensors"))
        let text = #"{"num_hidden_layers": 2, "num_attention_heads": 2, "rms_norm_eps": 1e-6}"#
        try Data(#"{"model_type": "multi_modality", "language_config": \#(text)}"#.utf8)
            .write(to: scratch.url.appending(path: "config.json"))
        let (transformer, _) = try Self.networks(scratch.url)
        // That configuration does not tell the rows of codes: 24, as in all published ones.
        #expect(transformer.settings.places == 576)
        let wanted = try #require(try Self.expected().first)
        let found = transformer.drawn(Self.guided(wanted), Self.greedy, by: .zeros([1, 576]))
        let codes: [Int] = found.codes.elements()
        #expect(Array(codes.prefix(wanted.codes.count)) == wanted.codes)
    }

    /// The authors' name of one of the library's tensors.
    private static func original(_ name: String) -> String {
        var name = name
        for (theirs, ours) in [
            ("model.language_model.", "language_model.model."),
            ("lm_head.", "language_model.lm_head."),
            ("model.generation_embeddings.", "gen_embed."),
            ("model.generation_aligner.fc1.", "gen_aligner.layers.0."),
            ("model.generation_aligner.hidden_layers.0.", "gen_aligner.layers.2."),
            ("model.generation_head.proj_out.", "gen_head.output_mlp_projector."),
            ("model.generation_head.", "gen_head."), ("model.vqmodel.", "gen_vision_model."),
            ("model.vision_model.", "vision_model.vision_tower."), ("model.aligner.", "aligner."),
        ] where name.hasPrefix(theirs) {
            name = ours + name.dropFirst(theirs.count)
            break
        }
        guard name.hasPrefix("gen_vision_model.") else { return name }
        for (theirs, ours) in [
            (".down.", ".conv_blocks."), (".up.", ".conv_blocks."), (".block.", ".res."),
            (".mid.block_1.", ".mid.0."), (".mid.attn_1.", ".mid.1."), (".mid.block_2.", ".mid.2."),
        ] { name = name.replacingOccurrences(of: theirs, with: ours) }
        return name
    }

    @Test("a folder that was added draws a prompt, and stays when the model is removed")
    func addedFolder() throws {
        let scratch = try ScratchFolder()
        let models = InstalledModels(in: scratch.url.appending(path: "models"))
        let added = try models.add(Self.folder, as: "small")
        #expect(added.map(\.name) == ["small"] && added[0].family == "janus")
        #expect(added[0].bytes > 600_000)
        #expect(try models.all() == added)
        #expect(throws: GenerationError.self) { try models.add(Self.folder, as: "small") }
        _ = try models.add(Self.folder, as: "small", replaces: true)
        let model = try GeneratorModel(contentsOf: try #require(models.place(of: "small")))
        #expect(model.size == (16, 16) && model.description.recipe == "small")
        for wanted in try Self.expected() {
            var sampling = SamplingOptions()
            (sampling.guidance, sampling.temperature) = (wanted.guidance, 0)
            let request = DrawingRequest(seed: 1, count: 1, of: wanted.prompt, sampling: sampling)
            let picture = try model.draw(request)[0].picture
            #expect(picture.samples.count == wanted.picture.count)
            let distance = zip(picture.samples, wanted.picture).map { abs(Double($0) - $1) }
            #expect(try #require(distance.max()) <= 1, "\(wanted.prompt)")
        }
        #expect(try models.remove("small") == 0)
        #expect(models.place(of: "small") == nil)
        #expect(PublishedFolder.isOne(Self.folder))
    }

    @Test("a picture is the same in any company, and its codes are shown on the way")
    func company() throws {
        let model = try GeneratorModel(contentsOf: Self.folder)
        let prompt = try #require(try Prompt.all(of: "a red cat --no mat").first)
        var shown: [Int] = []
        let previews = DrawingPreviews(2) { index, _, picture in
            #expect(picture.width == 16)
            shown.append(index)
        }
        let all = try model.imagine(
            prompt,
            by: PromptRules(),
            seed: 3,
            indices: [0, 1, 2, 3, 5],
            previews: previews
        )
        #expect(shown.sorted() == [0, 0, 1, 1, 2, 2, 3, 3, 5, 5])
        #expect(Set(all.map(\.picture.samples)).count == 5)
        for (place, index) in [(2, 2), (4, 5)] {
            let alone = try model.imagine(prompt, by: PromptRules(), seed: 3, indices: [index])[0]
            #expect(alone.picture == all[place].picture)
        }
        let open = try model.draw(model.request(seed: 3, indices: [0]))[0]
        #expect(open.picture != all[0].picture)
        #expect(model.summary.takesText)
    }

    @Test("what is missing or other is said")
    func refusals() throws {
        func said(_ change: (URL) throws -> Void) throws -> String {
            let scratch = try ScratchFolder()
            let copy = scratch.url.appending(path: "model")
            try FileManager.default.copyItem(at: Self.folder, to: copy)
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
        func remove(_ name: String) -> (URL) throws -> Void {
            { try FileManager.default.removeItem(at: $0.appending(path: name)) }
        }
        let index = "model.safetensors.index.json"
        let shard = "model-00002-of-00003.safetensors"
        #expect(
            try said(replace(shard, "../other.safetensors", in: index)).contains("one beside it")
        )
        #expect(
            try said(replace("\"model.language_model.norm.weight\"", "\"x\"", in: index)).contains(
                "x"
            )
        )
        #expect(try said(remove(shard)).contains(shard))
        #expect(try said(remove("tokenizer.json")).contains("tokenizer.json"))
        #expect(try said(replace("\"janus\"", "\"llama\"", in: "config.json")).contains("'llama'"))
        #expect(
            try said(
                replace("\"hidden_act\": \"silu\"", "\"hidden_act\": \"relu\"", in: "config.json")
            )
            .contains("relu")
        )
        #expect(
            try said(replace("<begin_of_image>", "<begin>", in: "tokenizer.json")).contains(
                "<begin_of_image>"
            )
        )
        #expect(
            try said(
                replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3", in: "config.json")
            )
            .contains("layers.2.mlp.up_proj")
        )
    }

    /// The names and shapes of the published models, where their lists lie beside the repository.
    @Test(
        "all tensors of the published sizes have their places",
        .enabled(
            if: FileManager.default.fileExists(
                atPath: repositoryRoot.appending(path: "../shared/vectors/janus-1b-shapes.json")
                    .path
            ),
            "the lists of names are not beside the repository"
        ),
        arguments: [("1b", 24, 16, 2048), ("7b", 30, 32, 4096)]
    )
    func publishedSizes(name: String, layers: Int, heads: Int, width: Int) throws {
        let list = repositoryRoot.appending(path: "../shared/vectors/janus-\(name)-shapes.json")
        let shapes = try JSONDecoder().decode([String: [Int]].self, from: Data(contentsOf: list))
        let text = name == "7b" ? "" : #", "num_attention_heads": \#(heads)"#
        let configuration = Data(
            #"{"text_config": {"num_hidden_layers": \#(layers)\#(text)}}"#.utf8
        )
        let weights = try JanusWeights(configuration: configuration, shapes: shapes, origin: name)
        #expect(weights.settings.width == width && weights.settings.places == 576)
        #expect(weights.settings.head == 128 && weights.settings.codes == 16_384)
        let known = try #require(KnownModel.named("janus-pro-\(name)"))
        for (wanted, precision) in [
            (known.memory, JanusPrecision.published), (try #require(known.leastMemory), .int4),
        ] {
            let found = weights.memory(precision, pictures: 1)
            #expect(abs(found - wanted) < wanted / 20, "\(precision.rawValue) \(found)")
        }
        let tokenizer = try weights.tokenizer { .zeros(shapes[$0] ?? []) }
        #expect(tokenizer.settings == .llamaGen(factor: 16))
    }
}
