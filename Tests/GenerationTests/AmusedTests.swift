import Autoregressive
import Foundation
import Generation
import Hub
import Midjourney
import TestSupport
import Testing
import TextTokens
import Torch
import Weights

/// A small random aMUSEd beside what the diffusers library computes with it, step by step.
@Suite("aMUSEd")
struct AmusedTests {
    static let fixtures = repositoryRoot.appending(path: "Tests/Fixtures/amused")
    static let folder = fixtures.appending(path: "small")

    struct Facts: Decodable {
        let prompts: [String]
        let avoided: String
        let ids: [[Int]]
        let guidance: Double
        let steps: Int
        let left: [String: [String: [Int]]]
    }

    private let expected: [String: Tensor]
    private let facts: Facts

    init() throws {
        GeneratorModel.setThreads(1)
        let file = Self.fixtures.appending(path: "expected.safetensors")
        expected = try Safetensors.read(from: file).tensors
        facts = try JSONDecoder().decode(
            Facts.self,
            from: Data(contentsOf: Self.fixtures.appending(path: "expected.json"))
        )
    }

    /// The weights of the small model, or of the one that halves its maps, which has the other's texts and pictures.
    static func weights(
        _ name: String = "small"
    ) throws -> (AmusedWeights, read: (String) throws -> Tensor) {
        let small = try PublishedFolder(folder)
        guard name != "small" else {
            let weights = try AmusedWeights(
                configuration: small.text,
                shapes: small.shapes,
                origin: name
            )
            return (weights, small.tensor)
        }
        let own = fixtures.appending(path: "\(name)/transformer")
        let file = try SafetensorsFile(
            own.appending(path: "diffusion_pytorch_model.fp16.safetensors")
        )
        var shapes = small.shapes.filter { !$0.key.hasPrefix("transformer/") }
        for (tensor, outline) in file.header.outlines {
            shapes["transformer/\(tensor)"] = outline.shape
        }
        let weights = try AmusedWeights(
            configuration: { path in
                try path == "transformer/config.json"
                    ? Data(contentsOf: own.appending(path: "config.json")) : small.text(path)
            },
            shapes: shapes,
            origin: name
        )
        return (
            weights,
            { path in
                guard path.hasPrefix("transformer/") else { return try small.tensor(path) }
                return try #require(try file.tensor(String(path.dropFirst(12))))
            }
        )
    }

    /// Compares with what the library computed, to 10⁻⁴ of the largest number or of one.
    private func check(_ found: Tensor, _ name: String) throws {
        let wanted = try #require(expected[name], "\(name)")
        #expect(found.shape == wanted.shape, "\(name)")
        let distance = (found - wanted).absolute().max().item()
        let size = max(wanted.absolute().max().item(), 1)
        #expect(distance <= 1e-4 * size, "\(name): \(distance) of \(size)")
    }

    private func texts(_ reader: CLIPText) -> [(states: Tensor, sum: Tensor)] {
        facts.ids.map { reader($0) }
    }

    @Test(
        "texts, maps, places and logits are those of the library",
        arguments: ["small", "halved"]
    )
    func steps(name: String) throws {
        let (weights, read) = try Self.weights(name)
        let reader = try weights.reader(on: .cpu, read: read)
        let texts = texts(reader)
        let states = Tensor.concatenated(texts.map(\.states))
        let sums = Tensor.concatenated(texts.map(\.sum))
        try check(states, "\(name)/text")
        try check(sums, "\(name)/pooled")
        let network = try weights.transformer(on: .cpu, in: .float32, read: read)
        #expect(network.settings.isHalved == (name == "halved"))
        try withoutGradients {
            try check(network.condition(sums, (12, 12)), "\(name)/condition")
            let prepared = network.prepared(states: states, sums: sums, sides: (12, 12))
            let codes = try #require(expected["\(name)/input"]).flattened(from: 1)
            var seen: [String: Tensor] = [:]
            let logits = network.logits(codes, prepared) { seen[$0] = $1 }
            for (part, values) in seen {
                let isMap = part != "first_layer"
                try check(isMap ? values.permuted([0, 3, 1, 2]) : values, "\(name)/\(part)")
            }
            #expect(seen.count == 5)
            let maps = logits.reshaped([2, 6, 6, 32]).permuted([0, 3, 1, 2])
            try check(maps, "\(name)/logits")
        }
    }

    @Test(
        "codes drawn with given chances, and the likeliest, are those of the library's every step"
    )
    func codes() throws {
        for name in ["small", "halved"] {
            let (weights, read) = try Self.weights(name)
            let network = try weights.transformer(on: .cpu, in: .float32, read: read)
            try compare(network, try guided(weights, read, network), name: "\(name)/draw")
        }
    }

    /// What the library was asked for: the first prompt, and another text to avoid.
    private func guided(
        _ weights: AmusedWeights,
        _ read: (String) throws -> Tensor,
        _ network: AmusedTransformer
    ) throws -> AmusedTransformer.GuidedTexts {
        let reader = try weights.reader(on: .cpu, read: read)
        let tokenizer = try TextTokenizer(
            clip: Data(contentsOf: Self.folder.appending(path: "tokenizer/vocab.json")),
            merges: Data(contentsOf: Self.folder.appending(path: "tokenizer/merges.txt"))
        )
        let end = try #require(tokenizer.number(of: "<|endoftext|>"))
        let own = [facts.ids[0][0]] + tokenizer(facts.avoided)
        let avoided = own + [Int](repeating: end, count: 16 - own.count)
        return network.guided(
            [reader(facts.ids[0]), reader(avoided)],
            weights: [facts.guidance, 1 - facts.guidance],
            sides: (12, 12)
        )
    }

    /// Compares what is known after each step, by chances and without.
    private func compare(
        _ network: AmusedTransformer,
        _ guided: AmusedTransformer.GuidedTexts,
        _ change: (inout MaskedSampling) -> Void = { _ in },
        from beginning: AmusedTransformer.Beginning? = nil,
        name: String
    ) throws {
        for (kind, temperature) in [("codes", 1.0), ("greedy", 0)] {
            guard let wanted = expected["\(name)/\(kind)"] else { continue }
            var sampling = MaskedSampling()
            (sampling.steps, sampling.codes.temperature) = (facts.steps, temperature)
            change(&sampling)
            // The library's are all codes' first, then all that decide what stays.
            let chances =
                expected["\(name)/chances"].map { $0.transposed(0, 1).contiguous() }
                ?? .zeros([network.chances(steps: facts.steps)])
            var known: [Tensor] = []
            let found = network.drawn(
                guided,
                sampling,
                from: beginning,
                by: chances,
                watch: { known.append($2) }
            )
            let all: [Int] = Tensor.concatenated(known).elements()
            #expect(all == wanted.elements() as [Int], "\(name)/\(kind)")
            #expect(found.codes.elements() as [Int] == Array(all.suffix(36)))
            #expect(found.likelihood.item() < 0)
        }
    }

    @Test("pictures, and codes of pictures, are those of the library")
    func pictures() throws {
        let (weights, read) = try Self.weights()
        let tokenizer = try weights.tokenizer(read: read)
        let drawn = try #require(expected["small/draw/codes"])
        try withoutGradients {
            try check(
                tokenizer.pictures(of: drawn.sliced(4..<5, along: 0), rows: 6, columns: 6),
                "small/picture"
            )
        }
        let codes = tokenizer.codes(of: try #require(expected["small/given"]))
        let wanted: [Int] = try #require(expected["small/given/codes"]).elements()
        #expect(codes.elements() as [Int] == wanted)
        let near = tokenizer.similarities(to: try #require(expected["small/given"]))
        #expect(near.argmax(along: 2).elements() as [Int] == wanted)
        #expect(near.max().item() <= 1 && near.min().item() >= -1)
    }

    @Test("hidden codes, and those that a variation forgets, are drawn as the library draws them")
    func infilling() throws {
        let (weights, read) = try Self.weights()
        let network = try weights.transformer(on: .cpu, in: .float32, read: read)
        let guided = try guided(weights, read, network)
        let codes = try #require(expected["small/given/codes"])
        let hidden = try #require(expected["small/hidden"]).flattened(from: 1).isGreater(than: 0.5)
        try compare(
            network,
            guided,
            { $0.isLinear = true },
            from: .init(codes: codes.filled(with: 39, where: hidden), share: 12.0 / 36),
            name: "small/inpaint"
        )
        let generator = AmusedGenerator(
            network,
            try weights.reader(on: .cpu, read: read),
            try weights.tokenizer(read: read),
            open: facts.ids[0]
        )
        var sampling = MaskedSampling()
        sampling.steps = facts.steps
        let beginning = generator.beginning(
            with: try #require(expected["small/given"]) * 2 - 1,
            strength: 0.6,
            sampling,
            by: try #require(expected["small/again/hides"])
        )
        #expect(beginning.step == 2)
        try compare(network, guided, from: beginning, name: "small/again")
    }

    @Test("as many codes stay unknown after each step as with the library")
    func schedule() {
        for (kind, counts) in facts.left {
            for (name, wanted) in counts {
                let numbers = name.split(separator: "/").compactMap { Int($0) }
                var sampling = MaskedSampling()
                sampling.steps = numbers[1]
                var before = numbers[0]
                let found = (1...numbers[1]).map { done in
                    before =
                        done == numbers[1]
                        ? 0
                        : sampling.left(
                            after: done,
                            of: numbers[0],
                            share: 1,
                            before: before,
                            isLinear: kind == "linear"
                        )
                    return before
                }
                #expect(found == wanted, "\(kind) \(name)")
            }
        }
    }

    @Test("all tensors of the published sizes have their places", arguments: [256, 512])
    func publishedSizes(side: Int) throws {
        let lists = try JSONDecoder().decode(
            [String: [String: [Int]]].self,
            from: Data(contentsOf: Self.fixtures.appending(path: "listings.json"))
        )
        var shapes: [String: [Int]] = [:]
        for (list, folder) in [
            ("common", "transformer"), ("only-\(side)", "transformer"),
            ("text_encoder", "text_encoder"), ("vqvae", "vqvae"),
        ] {
            for (name, shape) in try #require(lists[list]) {
                for one in Self.names(name) { shapes["\(folder)/\(one)"] = shape }
            }
        }
        // An older program of text encoders wrote its places' numbers, too.
        shapes["text_encoder/text_model.embeddings.position_ids"] = [1, 77]
        let weights = try AmusedWeights(
            configuration: { Self.configuration($0, side) },
            shapes: shapes,
            origin: "\(side)"
        )
        let count = shapes.filter { $0.key.hasPrefix("transformer/") }.values
            .reduce(0) { $0 + $1.reduce(1, *) }
        #expect(count / 1_000_000 == (side == 256 ? 603 : 608))
        let known = try #require(KnownModel.named("amused-\(side)"))
        let all = shapes.values.reduce(0) { $0 + 2 * $1.reduce(1, *) }
        #expect(abs(all - known.bytes) < known.bytes / 50, "\(all)")
        let memory = weights.memory()
        #expect(
            abs(memory - known.memory) < known.memory / 20 || !Machine.hasBFloat16,
            "\(memory)"
        )
        shapes["transformer/embed.conv.weight"] = nil
        shapes["transformer/more.weight"] = [1]
        #expect {
            try AmusedWeights(
                configuration: { Self.configuration($0, side) },
                shapes: shapes,
                origin: "x"
            )
        } throws: {
            "\($0)".contains("embed.conv.weight") && "\($0)".contains("more.weight")
        }
    }

    /// All names that a line with a number of layers stands for.
    private static func names(_ line: String) -> [String] {
        guard let open = line.firstIndex(of: "{"), let close = line.firstIndex(of: "}"),
            let count = Int(line[line.index(after: open)..<close])
        else { return [line] }
        return (0..<count).map { line[..<open] + "\($0)" + line[line.index(after: close)...] }
    }

    /// What the published configurations say.
    private static func configuration(_ path: String, _ side: Int) -> Data {
        let text =
            switch path {
            case "transformer/config.json":
                #"{"sample_size": \#(side / 16), "downsample": \#(side == 512),"#
                    + #" "upsample": \#(side == 512)}"#
            case "text_encoder/config.json":
                #"{"hidden_size": 768, "intermediate_size": 3072, "num_attention_heads": 12,"#
                    + #" "projection_dim": 768}"#
            case "vqvae/config.json":
                #"{"block_out_channels": [128, 256, 256, 512, 768], "layers_per_block": 2,"#
                    + #" "latent_channels": 64, "num_vq_embeddings": 8192,"#
                    + #" "mid_block_add_attention": false, "lookup_from_codebook": true}"#
            default: #"{"mask_token_id": 8255}"#
            }
        return Data(text.utf8)
    }
}
